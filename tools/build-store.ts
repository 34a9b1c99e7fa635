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
