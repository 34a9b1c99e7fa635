import type { Id } from '#platform/ids'

/** What the names of all files begin with. */
export const FILES = 'imports/'

export function nameOf(importId: Id): string {
  return FILES + importId
}

/** The import a file is of; nothing for a file that is none of ours. */
export function importOf(name: string): Id | undefined {
  return /^imports\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(name)?.[1]
}
