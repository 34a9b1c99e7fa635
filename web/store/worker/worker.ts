/**
 * The shop without a network: built to `/sw.js` by `tools/build-store.ts`. It keeps the files of the
 * pages, the products that were looked at last and the cart; everything else needs the network and says
 * so. Nothing of an account or a checkout is ever kept.
 */
import {
  add,
  clearOld,
  FILES,
  keep,
  keepPage,
  keepPicture,
  kept,
  pictureLike,
  PAGES,
  PERSONAL,
  savedAt,
  savedPages,
  savePage,
  SHELL,
  type Build,
} from './keeping.ts'
import { clear } from '../lib/offline/outbox.ts'
import { kindOf, prefixOf } from './kinds.ts'
import type { Fetched, WorkerScope } from './scope.ts'

declare const BUILD: Build

const scope = globalThis as unknown as WorkerScope

/** A page that is saved is not waited for longer. */
const PATIENCE_MS = 3_000
/** What the router asks for to fill the header; here as nobody, for when nothing else is known. */
const OWN = '/own.data?_routes=features%2Fcart%2Fown'
const NOBODY = '/nobody'

/** Goes up when somebody signs in or out: what was asked for before is not kept after. */
let person = 0
/** The cart that was saved is not the cart any more: it is saved anew when the header has been told. */
let hasCartChanged = false
/** When the page that a tab shows was saved; tabs with a page from the network are not here. */
const shown = new Map<string, number>()

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(activate()))
scope.addEventListener('fetch', (event) => answer(event))
scope.addEventListener('message', (event) => {
  const { source } = event
  if (source === null) return
  source.postMessage({ savedAt: shown.get(source.id) ?? null })
  event.waitUntil(saveWhatIsShown(source.url))
})

async function install(): Promise<void> {
  await (await caches.open(FILES + BUILD.version)).addAll([...BUILD.files])
  const nobody = await fetch(OWN, { credentials: 'omit' })
  await keep(SHELL, NOBODY, nobody, BUILD)
  const tabs = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const prefixes = new Set(['', ...tabs.map(({ url }) => prefixOf(new URL(url).pathname))])
  await Promise.all([...prefixes].map(keepOffline))
  // Files have their own names, so the pages that are open go on with theirs.
  await scope.skipWaiting()
}

async function activate(): Promise<void> {
  await clearOld(BUILD)
  await scope.clients.claim()
}

/** What a page that is open shows was loaded before the worker was there. */
async function saveWhatIsShown(url: string): Promise<void> {
  const { pathname, searchParams } = new URL(url)
  const kind = kindOf('GET', 'navigate', { pathname, searchParams })
  if (kind === 'product') await savePage(pathname, BUILD, false, always)
  if (kind === 'cart') await saveCart(pathname)
}

function answer(event: Fetched): void {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== scope.location.origin) return
  switch (kindOf(request.method, request.mode, url)) {
    case 'file':
      return event.respondWith(fileFirst(request, FILES + BUILD.version))
    case 'look':
      return event.respondWith(fileFirst(request, SHELL))
    case 'picture':
      return event.respondWith(picture(event, url))
    case 'product':
      return event.respondWith(page(event, url, false))
    case 'cart':
      return event.respondWith(page(event, url, true))
    case 'page':
      return event.respondWith(networkPage(event, url))
    case 'own':
      return event.respondWith(own(event, url))
    case 'product-data':
      return event.waitUntil(savePage(pageOf(url), BUILD, false, always).catch(nothing))
    case 'cart-data':
      return event.waitUntil(saveCart(pageOf(url)).catch(nothing))
    case 'person-change':
      return event.waitUntil(forget())
    case 'cart-change':
      hasCartChanged = true
      return undefined
    case 'other':
      return undefined
  }
}

/** A product's page is everybody's. */
const always = (): boolean => true

/** What cannot be saved now is not there later, and that is all. */
function nothing(): void {}

function pageOf({ pathname }: URL): string {
  return pathname.replace(/\.data$/, '')
}

async function saveCart(path: string): Promise<void> {
  const asked = person
  await savePage(path, BUILD, true, () => asked === person)
}

async function forget(): Promise<void> {
  person += 1
  await Promise.all([caches.delete(PERSONAL), clear()])
}

async function fileFirst(request: Request, cache: string): Promise<Response> {
  const found = await caches.match(request)
  if (found !== undefined) return found
  const fresh = await fetch(request)
  if (fresh.status === 200) await (await caches.open(cache)).put(request, fresh.clone())
  return fresh
}

/** Kept where it belongs to a page that is kept. */
async function picture(event: Fetched, url: URL): Promise<Response> {
  const found = await caches.match(event.request)
  if (found !== undefined) return found
  try {
    const fresh = await fetch(event.request)
    const tab = await scope.clients.get(event.clientId)
    const { pathname, searchParams } = new URL(tab?.url ?? url.href)
    const kind = kindOf('GET', 'navigate', { pathname, searchParams })
    if (kind === 'product' || kind === 'cart') {
      event.waitUntil(keepPicture(event.request, fresh.clone()).catch(nothing))
    }
    return fresh
  } catch (error) {
    const like = await pictureLike(url)
    if (like === undefined) throw error
    return like
  }
}

/** From the network, soon; else as it was saved. */
async function page(event: Fetched, url: URL, isPersonal: boolean): Promise<Response> {
  const path = url.pathname
  const asked = person
  const fresh = fetch(event.request)
  const old = await kept(isPersonal ? PERSONAL : PAGES, path)
  const saving = fresh.then(async (found) => {
    // The page of one variant is not the page of the product.
    if (url.search !== '') return
    await keepPage(path, found.clone(), BUILD, isPersonal, () => asked === person)
  })
  event.waitUntil(saving.catch(nothing))
  event.waitUntil(keepOffline(prefixOf(path)).catch(nothing))
  const found = await (old === undefined ? fresh.catch(nothing) : soon(fresh))
  if (found !== undefined) {
    shown.delete(event.resultingClientId)
    // Whoever keeps it reads another copy.
    return found.clone()
  }
  if (old === undefined) return offline(url)
  // What is chosen on a page is not on the page that was saved.
  if (url.search !== '') return Response.redirect(path, 302)
  shown.set(event.resultingClientId, savedAt(old))
  return old
}

async function soon(fresh: Promise<Response>): Promise<Response | void> {
  const late = new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE_MS)
  })
  const found = await Promise.race([fresh, late]).catch(nothing)
  // While the shop is away, what was saved says more than its apology.
  return found?.status === 503 ? undefined : found
}

async function networkPage(event: Fetched, url: URL): Promise<Response> {
  event.waitUntil(keepOffline(prefixOf(url.pathname)).catch(nothing))
  return (await fetch(event.request).catch(nothing)) ?? offline(url)
}

/** The visitor's own as it was last, else as nobody's: a page that was saved shows its header all the same. */
async function own(event: Fetched, { pathname }: URL): Promise<Response> {
  const asked = person
  try {
    const fresh = await fetch(event.request)
    if (asked === person && fresh.status === 200) {
      event.waitUntil(keep(PERSONAL, pathname, fresh.clone(), BUILD).catch(nothing))
      if (hasCartChanged) {
        hasCartChanged = false
        event.waitUntil(saveCart(pathname.replace(/own\.data$/, 'cart')).catch(nothing))
      }
    }
    return fresh
  } catch (error) {
    const old = (await kept(PERSONAL, pathname)) ?? (await kept(SHELL, NOBODY))
    if (old === undefined) throw error
    return old
  }
}

async function keepOffline(prefix: string): Promise<void> {
  await add(SHELL, [`${prefix}/offline`])
}

/** Says that there is no network, and names what can be read without one. */
async function offline({ pathname }: URL): Promise<Response> {
  const prefix = prefixOf(pathname)
  const found = (await kept(SHELL, `${prefix}/offline`)) ?? (await kept(SHELL, '/offline'))
  if (found === undefined) return Response.error()
  const html = await found.text()
  const pages = await savedPages(prefix, prefixOf)
  const title = /<section data-title="([^"]*)"/.exec(html)?.[1] ?? ''
  const items = pages.map(({ path, title: name }) => `<li><a href="${path}">${name}</a></li>`)
  const list = pages.length === 0 ? '' : `<h2>${title}</h2><ul>${items.join('')}</ul>`
  return new Response(
    html.replace('<!--saved-->', () => list),
    {
      status: 503,
      headers: found.headers,
    },
  )
}
