import { readFileSync } from 'node:fs'

import type { Plugin } from 'vite'

/**
 * Parts of the router that the storefront never reaches, each by the file it is in and what stands there
 * instead. A page that is read has 120 kB for all its scripts, and these take 4 of them.
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

const ROUTER = /[\\/]react-router[\\/]dist[\\/]production[\\/](.*)$/

/** Leaves out of browsers what no page uses. Whoever renders keeps all of it. */
export function leftOut(): Plugin {
  return {
    name: 'torg:left-out',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    load(id) {
      const [, path = ''] = ROUTER.exec(id) ?? []
      const name = path.replaceAll('\\', '/')
      const ended = ENDED[name]
      if (ended === undefined) return INSTEAD[name]
      let code = readFileSync(id, 'utf8')
      for (const [line, returned] of Object.entries(ended)) {
        if (!code.includes(line)) throw new Error(`${name} has no "${line}" any more.`)
        // Not as a pattern: `$1` is part of a name here.
        code = code.replace(line, () => `${line} ${returned}`)
      }
      return code
    },
  }
}
