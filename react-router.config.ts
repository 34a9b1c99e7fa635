import type { Config } from '@react-router/dev/config'

/** The storefront is rendered by the same process that answers the API (docs/decisions/0030). */
export default {
  appDirectory: 'web/store',
  buildDirectory: 'build/store',
  ssr: true,
  // All routes are known from the start: without a network they could not be asked for, and it is one
  // file of 2 kB that is kept for ever instead of a question on each page.
  routeDiscovery: { mode: 'initial' },
  serverModuleFormat: 'esm',
} satisfies Config
