import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Aggregate, DomainEvent } from './commit.ts'

const SERVER = join(import.meta.dirname, '..', '..')

/** Of a context, beside its domain, what folding code may reach. */
const OF_CONTEXT = ['contract.ts', 'accounts.ts']

/** Everything that folding code may reach: `tests/tidy/borders.ts` keeps a domain to these. */
function reachable(server: string): readonly string[] {
  const filesIn = (...folder: readonly string[]): readonly string[] => {
    const path = join(server, ...folder)
    const names = existsSync(path) ? readdirSync(path) : []
    return names.map((name) => [...folder, name].join('/'))
  }
  const ofContexts = filesIn('contexts').flatMap((context) => [
    ...filesIn(context, 'domain'),
    ...filesIn(context).filter((path) => OF_CONTEXT.some((name) => path === `${context}/${name}`)),
  ])
  return [...filesIn('platform'), ...ofContexts]
    .filter((path) => path.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(path))
    .toSorted()
}

const known = new WeakMap<object, string>()

/**
 * Which code folds a stream: a snapshot of other code is not read. It is a hash of the function, of
 * what it begins with, and of every source that a fold may call, so nobody has to raise a number by
 * hand and no old state is ever taken for a new one. The price: after a new version of the program
 * a long stream is folded whole once.
 */
export function foldOf<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
): string {
  let fold = known.get(aggregate)
  if (fold === undefined) {
    fold = createHash('sha256')
      .update(JSON.stringify([sources(), aggregate.kind, aggregate.initial ?? null]))
      .update(aggregate.apply.toString())
      .digest('base64url')
      .slice(0, 22)
    known.set(aggregate, fold)
  }
  return fold
}

let hashed: string | undefined

function sources(): string {
  hashed ??= hashOfSources(SERVER)
  return hashed
}

/** Of every file of a `server` folder that a fold may reach, names and contents. */
export function hashOfSources(server: string): string {
  const hash = createHash('sha256')
  for (const path of reachable(server)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(server, path)))
      .update('\0')
  }
  return hash.digest('hex')
}
