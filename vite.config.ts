import { reactRouter } from '@react-router/dev/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

import { leftOut } from './tools/store-build/left-out.ts'

/** On every page: the frame of the shop, and what each page asks of it. */
const FRAME =
  /web.store.(root|paths|features.shell.(shell|fault|footer|logo|languages|search-box|account-link)|lib.(shop|format|picture|cart.own|cart.cart-button|wishes.heart)|texts.(part|index))\.tsx?$/

/**
 * What renders pages is one file, with React in it as it is in production whatever the process was started
 * with: that React takes half the time, and the storefront has the only copy of it.
 */
export default defineConfig({
  plugins: [leftOut(), tailwindcss(), reactRouter()],
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    assetsInlineLimit: 0,
    target: 'es2023',
    sourcemap: false,
    // Says which files a page will ask for, before it asks (server/pages/early.ts).
    manifest: true,
    // What a page needs is named in its head; what opens on a click needs little more.
    modulePreload: false,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          // Reading what a package exports does nothing; classes that extend it are kept otherwise.
          treeshake: {
            propertyReadSideEffects: false,
            // What the router tells developers, and names and components that nobody asked for.
            manualPureFunctions: ['warning', 'warnOnce', 'React$1.forwardRef'],
          },
          output: {
            codeSplitting: {
              // Few files pack better than many, and what seldom changes is kept longer.
              groups: [
                { name: 'framework', test: /node_modules/ },
                { name: 'frame', test: FRAME },
              ],
            },
          },
        },
      },
    },
  },
})
