import { posix } from 'node:path'

import type { Files } from './tree.ts'

/** Generated documents that are missing or differ from their source, one line each. */
export function staleDocuments(
  expected: Files,
  read: (path: string) => string | undefined,
): string[] {
  return Object.entries(expected).flatMap(([path, text]) => {
    const found = read(path)
    if (found === text) return []
    if (found === undefined) return [`${path} is missing: run \`node tools/docs.ts\``]
    const lines = text.split('\n')
    const line = found.split('\n').findIndex((each, at) => each !== lines[at])
    const at = line === -1 ? lines.length : line + 1
    return [`${path} differs from its source in line ${at}: run \`node tools/docs.ts\``]
  })
}

/** Ports that tie two contexts to one database although no decision record names them. */
export function undecidedPorts(
  ports: readonly { readonly name: string }[],
  decisions: Files,
): string[] {
  const text = Object.values(decisions).join('\n')
  const decided = (name: string): boolean =>
    new RegExp(`\\b${name.replace('.', '\\.')}(?![\\w-])`).test(text)
  return ports
    .filter(({ name }) => !decided(name))
    .map(({ name }) => `${name} returns parts of a commit; a decision record must name it`)
}

/** Links between documents, and to code, whose target is not there. */
export function brokenLinks(documents: Files, exists: (path: string) => boolean): string[] {
  return Object.entries(documents).flatMap(([path, text]) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      if (/^([a-z]+:|#|\/)/.test(link)) return []
      const target = posix.join(posix.dirname(path), link.split('#')[0] ?? '')
      return exists(target) ? [] : [`${path} links ${link}, which is not there`]
    }),
  )
}

/** Files that a document names in backticks (`server/config.ts`) and that are not there. */
export function lostNames(documents: Files, exists: (path: string) => boolean): string[] {
  return Object.entries(documents).flatMap(([path, text]) =>
    [...text.matchAll(/`((?:server|web|tests|tools|bench|docs)\/[\w./-]*\w)`/g)].flatMap(
      ([, name = '']) => (exists(name) ? [] : [`${path} names ${name}, which is not there`]),
    ),
  )
}
