import type { Id } from '#platform/ids'

/** What the names of all files that come in begin with, and of all that go out. */
export const FILES = 'imports/'
export const EXPORTS = 'exports/'

const OF_ID = /^(?:imports|exports)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export function nameOf(importId: Id): string {
  return FILES + importId
}

export function exportNameOf(fileId: Id): string {
  return EXPORTS + fileId
}

/** The import, or the export, a file is of; nothing for a file that is none of ours. */
export function idOf(name: string): Id | undefined {
  return OF_ID.exec(name)?.[1]
}
