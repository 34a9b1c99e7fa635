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
import { dress, wake } from './wake.ts'
import { Written } from './written.ts'

/** What the process that renders hands to every loader. */
export { visitContext }
/** That process has no router of its own: two copies would not know each other. */
export { createRequestHandler, matchRoutes, RouterContextProvider } from 'react-router'

/** What the pages say that the process makes by itself, when nothing else stands. */
export const plainTexts = { en: plainEn, ru: plainRu, uk: plainUk }

register('en', en)
register('ru', ru)
register('uk', uk)

const HEAD_END = '</head>'
const END = '</body></html>'

/** As the router writes what a page runs and what that imports. */
const SCRIPT = '<script type="module" async="">'
const PRELOAD = '<link rel="modulepreload"'
/** A page can be read before its scripts have come: they begin when it says so (`wake.ts`). */
const LATER_SCRIPT = '<script type="text/later">'
const LATER = '<link rel="later"'
const VIEWPORT = '<meta name="viewport"'
/** React writes pictures before them, but nothing is seen without them. */
const STYLES = /<link rel="stylesheet"[^>]*>/g
const DRESS = `<script>(${dress.toString()})()</script>`
const WAKE = `<script>(${wake.toString()})()</script>`

/**
 * A page as a whole, never in pieces: whoever answers keeps it for the next one who asks, and names in its
 * policy what it may run, which is known when all of it is there. So nothing is streamed: loaders have
 * ended, and what they said stands behind the page, where the router would have streamed it to: as JSON,
 * but where something went wrong, which only the router knows to write (`tools/store-build`). A page that
 * cannot be rendered is thrown out of here, and the router renders the fault instead.
 */
export default async function answer(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  visits: RouterContextProvider,
): Promise<Response> {
  const { serverHandoffStream: fault, ...rest } = context
  const html = renderToString(<ServerRouter context={rest} url={request.url} />)
  if (!html.includes(SCRIPT)) throw new Error('The router writes its scripts another way.')
  if (!html.endsWith(END)) throw new Error('A page ends with something that is no body.')
  const { early = [] } = visits.get(visitContext)
  const end = html.indexOf(HEAD_END)
  const head = headOf(html.slice(0, end), early)
  const page = html.slice(end, -END.length).replace(SCRIPT, LATER_SCRIPT)
  const body = `<!DOCTYPE html>${head}${page}${await saidBy(context.staticHandlerContext, fault)}${WAKE}${END}`
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Written(body, { headers, status })
}

/** What a page is seen by goes first, and what it runs is only named. */
function headOf(head: string, early: readonly string[]): string {
  const styles = (head.match(STYLES) ?? []).join('')
  const links = early.map((path) => `${LATER} href="${path}"/>`).join('')
  const named = head.replaceAll(PRELOAD, LATER).replace(STYLES, '')
  return `${named.replace(VIEWPORT, (found) => DRESS + styles + found)}${links}`
}

/**
 * What loaders said, which `wake` hands to the router. It is no script that runs, so no policy has to name
 * it; `<` is all that could end it early, and in its text JSON has it within strings only.
 */
async function saidBy(
  { loaderData, actionData }: EntryContext['staticHandlerContext'],
  fault: EntryContext['serverHandoffStream'],
): Promise<string> {
  const text =
    fault === undefined
      ? JSON.stringify({ loaderData, actionData, errors: null })
      : Buffer.concat(await Array.fromAsync(fault)).toString('utf8')
  return `<script type="application/json" id="said">${text.replaceAll('<', '\\u003c')}</script>`
}
