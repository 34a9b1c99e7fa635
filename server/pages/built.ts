import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type * as router from 'react-router'
import type { RouteObject, ServerBuild } from 'react-router'

import type { Visit } from './contract.ts'
import { openEarly } from './early.ts'
import type { PlainTexts } from './plain.ts'

/** A file of the pages: its name has a hash of what is in it, unless it says otherwise. */
export interface Asset {
  /** Its name stays when it changes, so browsers ask each time. */
  readonly isStable: boolean
  readonly type: string
  readonly bytes: Buffer
  readonly brotli: Buffer | undefined
}

/** The storefront as it was built by `tools/build-store.ts`. */
export interface Built {
  readonly assets: ReadonlyMap<string, Asset>
  /** Whether the page at a path is the same for everybody who may see it: its route says so. */
  isShared(path: string): boolean
  render(request: Request, visit: Visit): Promise<Response>
  /** What plain pages say; English for a language that the storefront does not speak. */
  plainTextsOf(language: string): PlainTexts
}

/** What the storefront brings along: its own router, so that no second one is loaded. */
type EntryModule = Pick<
  typeof router,
  'createRequestHandler' | 'matchRoutes' | 'RouterContextProvider'
> & {
  readonly visitContext: Parameters<router.RouterContextProvider['set']>[0]
  readonly plainTexts: Readonly<Record<string, PlainTexts>> & { readonly en: PlainTexts }
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

type Context = router.RouterContextProvider

/** Of which it is remembered whose pages they are; strangers may ask for any. */
const MOST_PATHS = 5_000

/** Undefined where the pages have not been built: then the process serves the API alone. */
export async function openBuilt(folder: string): Promise<Built | undefined> {
  const file = join(folder, 'server', 'index.js')
  if (!existsSync(file)) return undefined
  const build = (await import(pathToFileURL(file).href)) as ServerBuild
  const { createRequestHandler, matchRoutes, RouterContextProvider, visitContext, plainTexts } =
    build.entry.module as unknown as EntryModule
  // To match ranks all routes anew, twice a page: a router that knows one page has nothing to rank.
  const handlers = new Map<string, (request: Request, context: Context) => Promise<Response>>()
  function handlerOf(ids: readonly string[]) {
    const key = ids.join(' ')
    const handle = handlers.get(key) ?? createRequestHandler(onlyOf(build, ids), 'production')
    handlers.set(key, handle)
    return handle
  }
  const routes = treeOf(build)
  const early = openEarly(join(folder, 'client'), build.assets)
  // To match ranks all routes anew each time, which takes longer than to send a page that is kept.
  const matches = new Map<string, readonly RouteObject[]>()
  function routesOf(path: string): readonly RouteObject[] {
    const known = matches.get(path)
    if (known !== undefined) return known
    if (matches.size >= MOST_PATHS) matches.clear()
    const page = path.replace(/(\/_root)?\.data$/, '') || '/'
    const found = (matchRoutes(routes, page) ?? []).map(({ route }) => route)
    matches.set(path, found)
    return found
  }
  return {
    isShared: (path) =>
      (routesOf(path).at(-1)?.handle as PageHandle | undefined)?.isShared === true,
    assets: assetsIn(join(folder, 'client')),
    render(request, visit) {
      const ids = routesOf(new URL(request.url).pathname).map(({ id }) => id ?? '')
      const context = new RouterContextProvider()
      context.set(visitContext, { ...visit, early: early.filesOf(ids, visit.language) })
      return handlerOf(ids)(request, context)
    },
    plainTextsOf: (language) => plainTexts[language] ?? plainTexts.en,
  }
}

/** As if there were these routes alone; browsers are told of all, in a file of their own. */
function onlyOf(build: ServerBuild, ids: readonly string[]): ServerBuild {
  const only = <Route>(routes: Readonly<Record<string, Route>>) =>
    Object.fromEntries(ids.flatMap((id) => (routes[id] === undefined ? [] : [[id, routes[id]]])))
  const { routes, assets } = build
  return { ...build, routes: only(routes), assets: { ...assets, routes: only(assets.routes) } }
}

/** What the route of a page may say of it. */
interface PageHandle {
  readonly isShared?: boolean
}

function treeOf({ routes }: ServerBuild, parentId?: string): RouteObject[] {
  return Object.values(routes)
    .filter((route) => route !== undefined && route.parentId === parentId)
    .map((route): RouteObject => {
      const { id, path, index, module } = route as NonNullable<typeof route>
      const common = {
        id,
        handle: module.handle as unknown,
        ...(path === undefined ? {} : { path }),
      }
      return index === true
        ? { ...common, index: true }
        : { ...common, children: treeOf({ routes } as ServerBuild, id) }
    })
}

function assetsIn(folder: string): ReadonlyMap<string, Asset> {
  const found = new Map<string, Asset>()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of files) {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]
    if (type === undefined) continue
    const path = join(folder, name)
    const packed = `${path}.br`
    found.set(`/${name}`, {
      isStable: !name.startsWith('assets'),
      type,
      bytes: readFileSync(path),
      brotli: existsSync(packed) ? readFileSync(packed) : undefined,
    })
  }
  return found
}
