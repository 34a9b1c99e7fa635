import { reactRouter } from '@react-router/dev/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

/**
 * What renders pages is one file, with React in it as it is in production whatever the process was started
 * with: that React takes half the time, and the storefront has the only copy of it.
 */
export default defineConfig({
  plugins: [tailwindcss(), reactRouter()],
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    assetsInlineLimit: 0,
    target: 'es2023',
    sourcemap: false,
    // Says which files a page will ask for, before it asks (server/pages/early.ts).
    manifest: true,
  },
})
