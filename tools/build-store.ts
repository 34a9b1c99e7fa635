/** Builds the storefront into `build/store` unless it is built of just these sources: 3 s, once. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'build', 'store')
const stampFile = join(folder, 'made-of')

/** Pages that are read without a network, and what their buttons bring. */
const SAVED =
  /^web\/store\/(entry\.client|root|features\/(shell\/shell|product\/product-page|cart\/(cart-page|own|without-network))|lib\/(cart\/cart-drawer|offline\/(news|outbox)))\.tsx?(\?|$)/
/** How the list of all pages begins, as React Router writes it. */
const MANIFEST = 'window.__reactRouterManifest='
const TEXTS = /^web\/store\/texts\/(uk|ru|en)[/.]/

const made = sourcesHash()
const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
if (stamp !== made) {
  const since = performance.now()
  build()
  await buildWorker(made)
  lightenManifest()
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
  const { name, text } = texts.find((each) => each.text.startsWith(MANIFEST)) ?? {
    name: '',
    text: '',
  }
  const manifest = jsonIn(text) as {
    readonly entry: { readonly module: string }
  }
  const { files, languages } = partsOf(client)
  const styles = globSync('assets/*.css', { cwd: client }).map((each) => `/${each}`)
  const all = [`/${name}`, manifest.entry.module, ...files, ...styles]
  return { files: [...new Set(all)], languages }
}

function jsonIn(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
}

/** Scripts with everything that they bring along, and what they say in each language. */
function partsOf(client: string) {
  const manifest = JSON.parse(
    readFileSync(join(client, '.vite', 'manifest.json'), 'utf8'),
  ) as Readonly<Record<string, Chunk>>
  const closure = (keys: readonly string[]): string[] => {
    const found = new Set(keys)
    // A set goes on with what is added while it is walked.
    for (const key of found) for (const each of manifest[key]?.imports ?? []) found.add(each)
    return [...found]
  }
  const pathsOf = (keys: readonly string[]): string[] =>
    keys.flatMap((key) => (manifest[key] === undefined ? [] : `/${manifest[key].file}`))
  const saved = closure(Object.keys(manifest).filter((key) => SAVED.test(key)))
  const late = saved.flatMap((key) => manifest[key]?.dynamicImports ?? [])
  const saidIn = (language: string): string[] =>
    pathsOf(closure(late.filter((key) => TEXTS.exec(key)?.[1] === language)))
  return {
    files: pathsOf(saved),
    languages: Object.fromEntries(['uk', 'ru', 'en'].map((each) => [each, saidIn(each)])),
  }
}

/**
 * Every page brings the list of all pages. What a page imports is named in its own head, and what is not so
 * need not be said: a third of it is left. What is rendered knows the whole list.
 */
function lightenManifest(): void {
  const client = join(folder, 'client')
  for (const name of globSync('assets/manifest-*.js', { cwd: client })) {
    const path = join(client, name)
    const text = readFileSync(path, 'utf8')
    if (!text.startsWith(MANIFEST)) continue
    const light = JSON.stringify(jsonIn(text), (key, value: unknown) =>
      key === 'imports' || key === 'hasDefaultExport' || value === false || isNothing(value)
        ? undefined
        : value,
    )
    writeFileSync(path, `${MANIFEST}${light};`)
  }
}

function isNothing(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** As much of Vite's manifest as is read here. */
interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
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
