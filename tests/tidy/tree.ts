import { globSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** File contents by path from the root of the repository, with forward slashes. */
export type Files = Readonly<Record<string, string>>

/** Where the repository is; tidy tests read the real tree whatever the working directory. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

const SOURCES = [
  'server/**/*.ts',
  'web/**/*.{ts,tsx}',
  'tests/**/*.ts',
  'bench/**/*.ts',
  'tools/**/*.{ts,js,mjs}',
  '*.config.ts',
]

/** Every source file of ours, parsed by nobody yet. */
export function readSources(): Files {
  return readFiles(SOURCES)
}

/** The files that match any of the patterns; an unreadable one is an error, not an omission. */
export function readFiles(patterns: readonly string[]): Files {
  return Object.fromEntries(
    listFiles(patterns).map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]),
  )
}

/** Paths that match any of the patterns, sorted, without installed packages and data folders. */
function listFiles(patterns: readonly string[]): string[] {
  return globSync([...patterns], {
    cwd: root,
    exclude: ['node_modules', '**/node_modules', '.git', '.torg'],
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.split(sep).join('/').slice(root.length))
    .filter((path) => !/(^|\/)(node_modules|\.git|\.torg)\//.test(path))
    .toSorted()
}
