/** Judges the types of the pages: React Router makes those of each page first, then `tsc` reads all. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

for (const [program, ...args] of [
  ['@react-router/dev/bin.cjs', 'typegen'],
  ['typescript/bin/tsc', '-p', 'web', '--noEmit'],
]) {
  const path = join(root, 'node_modules', program ?? '')
  const { status } = spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
