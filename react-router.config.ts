import type { Config } from '@react-router/dev/config'

/** The storefront is rendered by the same process that answers the API (docs/decisions/0030). */
export default {
  appDirectory: 'web/store',
  buildDirectory: 'build/store',
  ssr: true,
  // One file of 2 kB that is kept for ever instead of a question to the server on every page; what asks such
  // questions is left out of the browser's router (tools/store-build/left-out.ts).
  routeDiscovery: { mode: 'initial' },
  serverModuleFormat: 'esm',
} satisfies Config
