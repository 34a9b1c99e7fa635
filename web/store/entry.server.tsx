import { renderToReadableStream } from 'react-dom/server'
import { type EntryContext, ServerRouter } from 'react-router'

import { plain as plainEn } from './texts/en/plain.ts'
import { plain as plainRu } from './texts/ru/plain.ts'
import { plain as plainUk } from './texts/uk/plain.ts'
import { en } from './texts/en.ts'
import { register } from './texts/index.ts'
import { ru } from './texts/ru.ts'
import { uk } from './texts/uk.ts'

/** What the process that renders hands to every loader. */
export { visitContext } from './visit.ts'
/** That process has no router of its own: two copies would not know each other. */
export { createRequestHandler, matchRoutes, RouterContextProvider } from 'react-router'

/** What the pages say that the process makes by itself, when nothing else stands. */
export const plainTexts = { en: plainEn, ru: plainRu, uk: plainUk }

register('en', en)
register('ru', ru)
register('uk', uk)

/**
 * A page as a whole, never in pieces: whoever answers keeps it for the next one who asks, and names in its
 * policy what it may run, which is known when all of it is there.
 */
export default async function answer(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  let isBroken = false
  const body = await renderToReadableStream(<ServerRouter context={context} url={request.url} />, {
    signal: request.signal,
    onError() {
      isBroken = true
    },
  })
  await body.allReady
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(body, { headers, status: isBroken ? 500 : status })
}
