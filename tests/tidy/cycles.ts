import { importsOf, isTest, parse, targetOf } from './source.ts'
import type { Files } from './tree.ts'

/**
 * Rings of imports among the program's files, one line each. Imports of types count too, for a
 * reader has to follow them all the same; only contracts may name each other's types in a ring
 * (orders hears inventory, inventory hears orders).
 */
export function importCycles(files: Files): string[] {
  return rings(importGraph(files)).map((ring) => `${ring.join(' -> ')}: imports go in a ring`)
}

function importGraph(files: Files): Map<string, string[]> {
  const graph = new Map<string, string[]>()

  for (const [path, text] of Object.entries(files)) {
    if (!/^(server|web)\//.test(path) || isTest(path)) continue
    const targets = new Set<string>()
    for (const { to, typeOnly } of importsOf(parse(path, text))) {
      const target = to === undefined ? undefined : targetOf(path, to)
      if (target === undefined || !(target in files)) continue
      if (!(typeOnly && isContract(path) && isContract(target))) targets.add(target)
    }
    graph.set(path, [...targets])
  }

  return graph
}

function isContract(path: string): boolean {
  return /^server\/contexts\/[^/]+\/contract\.ts$/.test(path)
}

/** One ring per place where the walk comes back to a file it has not finished. */
function rings(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const done = new Set<string>()
  const walking: string[] = []

  const walk = (node: string): void => {
    const at = walking.indexOf(node)
    if (at !== -1) found.push([...walking.slice(at), node])
    if (at !== -1 || done.has(node)) return
    walking.push(node)
    for (const next of graph.get(node) ?? []) walk(next)
    walking.pop()
    done.add(node)
  }

  for (const node of graph.keys()) walk(node)
  return found
}
