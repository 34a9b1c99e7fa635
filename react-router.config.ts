import type { Config } from '@react-router/dev/config'

/** The storefront is rendered by the same process that answers the API (docs/decisions/0030). */
export default {
  appDirectory: 'web/store',
  buildDirectory: 'build/store',
  ssr: true,
  serverModuleFormat: 'esm',
} satisfies Config
