/** Builds the storefront into `build/store` unless it is built of just these sources: 3 s, once. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'build', 'store')
const stampFile = join(folder, 'made-of')

const made = sourcesHash()
const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
if (stamp !== made) {
  const since = performance.now()
  build()
  await buildWorker(made)
  packAssets()
  writeFileSync(stampFile, made)
  console.log(`  ✓ Storefront built (${((performance.now() - since) / 1000).toFixed(1)} s)`)
}

/** Of everything that a build reads. */
function sourcesHash(): string {
  const files = ['web/**/*.{ts,tsx,css,svg,woff2,webmanifest}', 'vite.config.ts']
    .concat('tools/store-build/*.ts', 'react-router.config.ts', 'package-lock.json')
    .concat('server/pages/contract.ts')
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .toSorted()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function build(): void {
  const program = join(root, 'node_modules', '@react-router', 'dev', 'bin.cjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status === 0) return
  console.error(`${stdout}${stderr}\nThe storefront could not be built; what went wrong is above.`)
  process.exit(1)
}

/** The worker of the browser: one file under a stable name, which knows the files of this build. */
async function buildWorker(version: string): Promise<void> {
  const client = join(folder, 'client')
  const { build: bundle } = await import('vite')
  await bundle({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { BUILD: JSON.stringify({ version: version.slice(0, 12), ...filesOf(client) }) },
    build: {
      outDir: client,
      emptyOutDir: false,
      target: 'es2023',
      rolldownOptions: {
        input: join(root, 'web/store/worker/worker.ts'),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  })
}

/** What every saved page needs, and beside it what each language does. */
function filesOf(client: string) {
  const texts = globSync('assets/manifest-*.js', { cwd: client }).map((name) => ({
    name,
    text: readFileSync(join(client, name), 'utf8'),
  }))
  // A page may be called so, too.
  const { name, text } = texts.find((each) => each.text.startsWith('window.__')) ?? {
    name: '',
    text: '',
  }
  const manifest = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as {
    readonly entry: RouteFiles
    readonly version: string
    readonly routes: Readonly<Record<string, RouteFiles>>
  }
  const needed = ['root', 'features/shell/shell', 'features/product/product-page']
    .concat('features/cart/cart-page', 'features/cart/own')
    .map((id) => manifest.routes[id])
  const files = [manifest.entry, ...needed].flatMap((each) =>
    each === undefined ? [] : [each.module, ...each.imports, ...each.css],
  )
  const parts = ['cart-page', 'cart-drawer', 'news', 'without-network', 'outbox']
  const found = parts.flatMap((part) => globSync(`assets/${part}-*.js`, { cwd: client }))
  const all = [`/${name}`, ...files, ...found.map((each) => `/${each}`)]
  const languages = Object.fromEntries(
    ['uk', 'ru', 'en'].map((language) => [
      language,
      globSync(`assets/${language}-*.js`, { cwd: client }).map((each) => `/${each}`),
    ]),
  )
  const { routes, version: routesVersion } = manifest
  return { files: [...new Set(all)], languages, routes, routesVersion }
}

interface RouteFiles {
  readonly module: string
  readonly imports: readonly string[]
  readonly css: readonly string[]
}

/** What never changes is packed once, as small as it gets. */
function packAssets(): void {
  const client = join(folder, 'client')
  for (const name of globSync('**/*.{js,css,svg,webmanifest}', { cwd: client })) {
    const path = join(client, name)
    const bytes = readFileSync(path)
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }))
  }
}
