import { randomBytes } from 'node:crypto'

import type { FastifyReply } from 'fastify'

/** Text made safe to stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}

/**
 * Sends a page that loads nothing: one file, its style inline under a nonce, no script, no other
 * host. `body` is HTML; whatever came from outside must have gone through `escapeHtml`.
 */
export function sendPage(
  reply: FastifyReply,
  page: { readonly status: number; readonly title: string; readonly body: string },
): FastifyReply {
  const nonce = randomBytes(16).toString('base64url')
  return reply
    .code(page.status)
    .header('content-type', 'text/html; charset=utf-8')
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ).send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.title)}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
${page.body}
</main>
</body>
</html>
`)
}

const STYLE = `
:root {
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2320; --soft: #5d6762; --line: #e3e1d9;
  --brand: #0f7a55; --brand-soft: #e4f3ec; --code: #f2f0ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121614; --card: #1a201d; --ink: #e9eeeb; --soft: #9aa8a1; --line: #2b3430;
    --brand: #5fd3a5; --brand-soft: #173328; --code: #0e1210;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
main { max-width: 46rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 4.5rem) 1.25rem 3rem; }
h1 { font-size: clamp(1.9rem, 6vw, 2.9rem); line-height: 1.15; letter-spacing: -.02em; margin: .4rem 0 .8rem; }
h2 { font-size: 1.05rem; margin: 2.4rem 0 .7rem; }
p { margin: .6rem 0; }
.lead { font-size: 1.15rem; color: var(--soft); max-width: 36rem; }
.badge {
  display: inline-block; padding: .15rem .7rem; border-radius: 99px; font-size: .85rem;
  background: var(--brand-soft); color: var(--brand); font-weight: 600;
}
a { color: var(--brand); text-underline-offset: .2em; }
a:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; border-radius: 4px; }
ul.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: .8rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
.cards a {
  display: block; height: 100%; padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: 12px;
  background: var(--card); text-decoration: none; color: inherit;
}
.cards a:hover { border-color: var(--brand); }
.cards strong { display: block; color: var(--brand); }
.cards span { color: var(--soft); font-size: .92rem; overflow-wrap: anywhere; }
pre {
  background: var(--code); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.1rem;
  overflow-x: auto; font: .88rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; margin: .5rem 0;
}
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
p code, li code, td code { background: var(--code); border-radius: 5px; padding: .08em .32em; }
p code, li code { white-space: nowrap; }
td code { overflow-wrap: anywhere; }
.picture { overflow-x: auto; margin: 1rem 0; border-radius: 12px; }
.picture img { display: block; width: 100%; min-width: 44rem; border-radius: 12px; }
.tour pre { font-size: .82rem; }
@media (min-width: 66rem) {
  .tour pre, .tour .picture { width: 62rem; margin-inline: -9.25rem; }
}
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .92rem; }
`
