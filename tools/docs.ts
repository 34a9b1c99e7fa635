/**
 * Writes the generated documents (`node tools/docs.ts`), or puts new migrations into their lock
 * (`node tools/docs.ts --migrations`; `--rewrite` with it before the first release, while no shop
 * has run them).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { lockPath, nextLock, type Lock } from '../tests/tidy/migrations.ts'
import { readFiles, root } from '../tests/tidy/tree.ts'
import { generatedDocuments } from './docs/documents.ts'

const { values: asked } = parseArgs({
  options: { migrations: { type: 'boolean' }, rewrite: { type: 'boolean' } },
})

if (asked.migrations) lockMigrations(asked.rewrite === true)
else for (const [path, text] of Object.entries(await generatedDocuments())) write(path, text)

function lockMigrations(rewrite: boolean): void {
  const next = nextLock(readFiles(['server/**/migrations/*.sql']), oldLock(), rewrite)
  write(lockPath, `${JSON.stringify(next, undefined, 2)}\n`)
}

function oldLock(): Lock {
  try {
    return JSON.parse(readFileSync(`${root}${lockPath}`, 'utf8')) as Lock
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return {}
  }
}

function write(path: string, text: string): void {
  writeFileSync(`${root}${path}`, text)
  console.log(`wrote ${path}`)
}
