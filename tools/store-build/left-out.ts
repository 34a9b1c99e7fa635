import { readFileSync } from 'node:fs'

import type { Plugin } from 'vite'

/**
 * Parts of the router that the storefront never reaches, each by the file it is in and what stands there
 * instead. A page that is read has 120 kB for all its scripts, and what is left out here is 8 of them.
 */
const INSTEAD: Readonly<Record<string, string>> = {
  // Routes are all known from the start (react-router.config.ts).
  'lib/dom/ssr/fog-of-war.js': `
export const isFogOfWarEnabled = () => false
export const getPartialManifest = (manifest) => manifest
export const getPatchRoutesOnNavigationFunction = () => undefined
export const useFogOFWarDiscovery = () => undefined
export const getPathsWithAncestors = (paths) => paths
export const handleClientVersionMismatch = async () => false
export const getManifestPath = () => ''
export const URL_LIMIT = 0
`,
  // Nobody measures the router from outside.
  'lib/router/instrumentation.js': `
export const consumeInstrumentationClientResultMetaReceiver = () => undefined
export const getRouteInstrumentationUpdates = () => ({})
export const instrumentClientSideRouter = (router) => router
export const instrumentHandler = (handler) => handler
export const instrumentationResultMetaContext = undefined
`,
}

/** Functions that end at once: the first line of each, and what it returns. */
const ENDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // No link asks for a page before it is clicked.
  'lib/dom/ssr/components.js': {
    'function PrefetchPageLinks({ page, ...linkProps }) {': 'return null;',
    'function usePrefetchBehavior(prefetch, theirElementProps) {':
      'return [false, React$1.useRef(null), {}];',
  },
  // There is one style sheet, and the page brings it.
  'lib/dom/ssr/links.js': {
    'async function prefetchRouteCss(route) {': 'return;',
    'async function prefetchStyleLinks(route, routeModule) {': 'return;',
  },
  // Whatever a loader says, the server says it.
  'lib/dom/ssr/single-fetch.js': {
    'async function nonSsrStrategy(args, getRouteInfo, fetchAndDecode) {': 'return {};',
  },
  // The storefront has an error page of its own (features/shell/fault.tsx).
  'lib/dom/ssr/errorBoundaries.js': {
    'function RemixRootDefaultErrorBoundary({ error, isOutsideRemixApp }) {': 'return null;',
    'function BoundaryShell({ title, renderScripts, isOutsideRemixApp, children }) {':
      'return children;',
  },
  'lib/hooks.js': {
    'function DefaultErrorComponent() {': 'return null;',
    'function RSCErrorHandler({ children, error }) {': 'return children;',
  },
  'lib/dom/ssr/routes.js': {
    'function wrapShouldRevalidateForHdr(routeId, routeShouldRevalidate, needsRevalidation) {':
      'return routeShouldRevalidate;',
  },
}

/** What pages are sent with is told apart here: of what went wrong, in the router's own way, of all else in JSON. */
const HANDED_OVER: Readonly<Record<string, readonly [string, string]>> = {
  // Whoever renders; to write it in the router's way took an eighth of a page's time.
  'lib/server-runtime/server.js': [
    'serverHandoffStream: encodeViaTurboStream(',
    'serverHandoffStream: !context.errors ? void 0 : encodeViaTurboStream(',
  ],
  // Whoever reads: where it has been read already, there is nothing to wait for.
  'lib/dom-export/hydrated-router.js': [
    'let localSsrInfo = ssrInfo;',
    'let localSsrInfo = ssrInfo; if (ssrInfo.context.state) ssrInfo.stateDecodingPromise = { value: true };',
  ],
}

/** What Vite asks other files early with: pages name theirs in the head, and there is one style sheet. */
const PRELOAD = '\0vite/preload-helper.js'
const NO_PRELOAD = 'export const __vitePreload = (load) => load()'

/**
 * Names that only developers' tools read, and components that are made where a bundler cannot know that
 * making them does nothing else: with them stays what no page uses (`NavLink`, the router's own `Link`).
 */
const NAMED = /^\w+\.displayName = "\w+";$/gm
const MADE = /^const \w+ = (?=React\$1\.(?:forwardRef|createContext)\()/gm

const ROUTER = /[\\/]react-router[\\/]dist[\\/]production[\\/](.*)$/

/** Files of the router that are not taken as they are. */
export const CHANGED: readonly string[] = [INSTEAD, ENDED, HANDED_OVER].flatMap(Object.keys)

/** A file of the router with what loaders said handed over in JSON. */
export function handedOver(name: string, code: string): string {
  const [was, is] = HANDED_OVER[name] ?? []
  if (was === undefined || is === undefined) return code
  if (!code.includes(was)) throw new Error(`${name} has no "${was}" any more.`)
  return code.replaceAll(was, is)
}

/**
 * A file of the router as browsers get it. Throws where the router is no longer as it was when this was
 * written: what is left out has to be looked at again, and no build passes over that.
 */
export function lightened(name: string, code: string): string {
  const instead = INSTEAD[name]
  if (instead !== undefined) {
    const [was, is] = [exportsOf(code), exportsOf(instead)]
    if (was.join() !== is.join()) throw new Error(`${name} exports ${was.join(', ')} now.`)
    return instead
  }
  let light = handedOver(name, code).replace(NAMED, '').replace(MADE, '$&/* @__PURE__ */ ')
  for (const [line, returned] of Object.entries(ENDED[name] ?? {})) {
    if (!light.includes(line)) throw new Error(`${name} has no "${line}" any more.`)
    // Not as a pattern: `$1` is part of a name here.
    light = light.replace(line, () => `${line} ${returned}`)
  }
  return light
}

function exportsOf(code: string): readonly string[] {
  const [, listed = ''] = /^export \{([^}]*)\}/m.exec(code) ?? []
  const declared = [...code.matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name)
  return [...declared, ...listed.split(',').map((each) => each.trim())].filter(Boolean).toSorted()
}

/** Leaves out of browsers what no page uses. Whoever renders keeps all of it, and hands over what was said as they read it. */
export function leftOut(): Plugin {
  return {
    name: 'torg:left-out',
    enforce: 'pre',
    load(id) {
      const isClient = this.environment.name === 'client'
      if (isClient && id === PRELOAD) return NO_PRELOAD
      const [, path] = ROUTER.exec(id) ?? []
      if (path === undefined) return undefined
      const change = isClient ? lightened : handedOver
      return change(path.replaceAll('\\', '/'), readFileSync(id, 'utf8'))
    },
  }
}
