import { hash } from 'node:crypto'

/** Pages that stand when nothing else does: one file, no script, nothing to load. */
export type PlainKind = 'unavailable' | 'broken' | 'missing' | 'forged' | 'offline'

/** What they say, in one language: `web/store/texts/en/plain.ts` is the shape. */
export type PlainTexts = Readonly<
  Record<PlainKind | `${PlainKind}More` | 'saved' | 'again' | 'home', string>
>

export interface Plain {
  readonly headers: Readonly<Record<string, string>>
  readonly html: string
}

/** Which page an answer of that status is shown as. */
export function plainKindOf(status: number): PlainKind {
  if (status < 500) return 'missing'
  return status === 503 ? 'unavailable' : 'broken'
}

/** Where the worker of the browser names what was saved; it stands in no page that is sent otherwise. */
export const SAVED_PLACE = '<!--saved-->'

/** The page as it is sent. Trying again is a link to nowhere else than here, whatever the address is. */
export function plainPage(texts: PlainTexts, language: string, kind: PlainKind): Plain {
  const again = ['unavailable', 'broken', 'offline'].includes(kind)
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${texts[kind]}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${PICTURE}
<h1>${texts[kind]}</h1>
<p>${texts[`${kind}More`]}</p>
<p class="ways">${again ? `<a class="button" href="">${texts.again}</a> ` : ''}<a href="/">${texts.home}</a></p>
${kind === 'offline' ? `<section data-title="${texts.saved}">${SAVED_PLACE}</section>` : ''}
</main>
</body>
</html>
`
  return { html, headers: { 'content-type': 'text/html; charset=utf-8', ...POLICY } }
}

/** A ball that has rolled to the line: the one picture that needs nothing. */
const PICTURE = `<svg viewBox="0 0 96 56" width="96" height="56" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round">
<path d="M4 52h88"/><circle cx="62" cy="34" r="17"/><path d="M50 22c8 5 12 14 10 28M74 46c-8-5-12-14-10-28M8 40h18M16 30h16"/>
</svg>`

const STYLE = `
:root { --paper: #fbfaf7; --ink: #16181d; --soft: #5b6170; --line: #d9d6cd; --accent: #b0371a; --on: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14161a; --ink: #f2f1ee; --soft: #a5abb8; --line: #30343d; --accent: #ff8c66; --on: #1b0d07; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 38rem; margin: 0 auto; padding: clamp(2.5rem, 14vh, 8rem) 1.25rem 3rem; }
svg { color: var(--accent); display: block; margin-bottom: 1.5rem; }
h1 { font-size: clamp(1.75rem, 6vw, 2.5rem); line-height: 1.15; margin: 0 0 .8rem; text-wrap: balance; }
h2 { font-size: 1.0625rem; margin: 2.5rem 0 .5rem; }
p { margin: 0 0 1rem; color: var(--soft); max-width: 34rem; }
.ways { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; margin-top: 1.75rem; }
a { color: var(--accent); text-underline-offset: .2em; display: inline-flex; align-items: center; min-height: 2.75rem; overflow-wrap: anywhere; }
.button { background: var(--accent); color: var(--on); padding: 0 1.25rem; border-radius: .75rem; font-weight: 600; text-decoration: none; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
li a { width: 100%; }
`

const POLICY = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'same-origin',
}
