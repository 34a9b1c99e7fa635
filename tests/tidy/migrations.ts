import { createHash } from 'node:crypto'
import { posix } from 'node:path'

import type { Files } from './tree.ts'

/** SHA-256 of every migration that has been published, by path. */
export type Lock = Readonly<Record<string, string>>

export const lockPath = 'tests/tidy/migrations.lock.json'

const HOW = 'node tools/docs.ts --migrations'

/**
 * Migrations are numbered without gaps in each folder and never change once they are in the lock:
 * a database that has run the old text would differ from one that runs the new.
 */
export function migrationViolations(files: Files, lock: Lock): string[] {
  const found: string[] = []

  for (const [folder, paths] of byFolder(files)) {
    const names = paths.map((path) => posix.basename(path))
    for (const [at, name] of names.entries()) {
      if (!/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.test(name))
        found.push(`${folder}/${name}: migrations are named 0001-what-it-does.sql`)
      else if (Number(name.slice(0, 4)) !== at + 1)
        found.push(`${folder}/${name}: the number after ${at} is ${at + 1}; no gaps, no twins`)
    }
  }

  for (const [path, text] of Object.entries(files)) {
    const locked = lock[path]
    if (locked === undefined) found.push(`${path} is new: run \`${HOW}\` and commit the lock`)
    else if (locked !== hashOf(text))
      found.push(`${path} has changed after it was published: restore it and write a new migration`)
  }
  for (const path of Object.keys(lock))
    if (!(path in files)) found.push(`${path} is gone: published migrations stay for ever`)

  return found
}

/**
 * The lock with what is new added. Throws when a locked file has changed or is gone, unless
 * `rewrite` says that nobody has run these yet (before the first release).
 */
export function nextLock(files: Files, lock: Lock, rewrite: boolean): Lock {
  const next = Object.fromEntries(
    Object.keys(files)
      .toSorted()
      .map((path) => [path, hashOf(files[path] ?? '')]),
  )
  if (rewrite) return next

  const spoiled = Object.keys(lock).filter((path) => next[path] !== lock[path])
  if (spoiled.length > 0)
    throw new Error(`published migrations have changed or are gone: ${spoiled.join(', ')}`)
  return next
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function byFolder(files: Files): Map<string, string[]> {
  return Map.groupBy(Object.keys(files).toSorted(), (path) => posix.dirname(path))
}
