import { renderToString } from 'react-dom/server'
import { type EntryContext, type RouterContextProvider, ServerRouter } from 'react-router'

import { plain as plainEn } from './texts/en/plain.ts'
import { plain as plainRu } from './texts/ru/plain.ts'
import { plain as plainUk } from './texts/uk/plain.ts'
import { en } from './texts/en.ts'
import { register } from './texts/index.ts'
import { ru } from './texts/ru.ts'
import { uk } from './texts/uk.ts'

import { visitContext } from './visit.ts'

/** What the process that renders hands to every loader. */
export { visitContext }
/** That process has no router of its own: two copies would not know each other. */
export { createRequestHandler, matchRoutes, RouterContextProvider } from 'react-router'

/** What the pages say that the process makes by itself, when nothing else stands. */
export const plainTexts = { en: plainEn, ru: plainRu, uk: plainUk }

register('en', en)
register('ru', ru)
register('uk', uk)

const END = '</body></html>'

/** A page can be read before its scripts have come: on a slow line what is seen goes first. */
const PRELOAD = '<link rel="modulepreload"'
const LATER = `${PRELOAD} fetchPriority="low"`

/**
 * A page as a whole, never in pieces: whoever answers keeps it for the next one who asks, and names in its
 * policy what it may run, which is known when all of it is there. So nothing is streamed: loaders have
 * ended, and what they said stands behind the page, where the router would have streamed it to. A page
 * that cannot be rendered is thrown out of here, and the router renders the fault instead.
 */
export default async function answer(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  visits: RouterContextProvider,
): Promise<Response> {
  const { serverHandoffStream: said, ...rest } = context
  const html = renderToString(<ServerRouter context={rest} url={request.url} />)
  if (!html.endsWith(END)) throw new Error('A page ends with something that is no body.')
  const { early = [] } = visits.get(visitContext)
  const links = early.map((path) => `${LATER} href="${path}"/>`).join('')
  const page = html
    .slice(0, -END.length)
    .replaceAll(PRELOAD, LATER)
    .replace('</head>', () => `${links}</head>`)
  const body = `<!DOCTYPE html>${page}${await saidBy(said)}${END}`
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(body, { headers, status })
}

/** What loaders said, as the router of the browser reads it. */
async function saidBy(stream: EntryContext['serverHandoffStream']): Promise<string> {
  const chunks = await Array.fromAsync(stream ?? [])
  const text = Buffer.concat(chunks).toString('utf8')
  const data = `window.__reactRouterContext.streamController`
  const enqueued = text === '' ? '' : `${data}.enqueue(${escaped(JSON.stringify(text))});`
  return `<script>${enqueued}${data}.close();</script>`
}

/** As JSON may stand in a script, which ends with the first `</script` whatever is around it. */
function escaped(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (each) => {
    const code = each.codePointAt(0) ?? 0
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}
