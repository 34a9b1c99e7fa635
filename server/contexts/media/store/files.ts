/** The names under which the files of pictures are kept in the store of blobs. */
import type { Id } from '#platform/ids'

export const PICTURES = 'media/'
export const PIECES = 'uploads/'

export function masterFile(id: Id): string {
  return `${PICTURES}${id}/master`
}

export function renditionFile(id: Id, file: string): string {
  return `${PICTURES}${id}/${file}`
}

/** The picture a file belongs to; undefined for a file that is none of ours. */
export function pictureOf(name: string): Id | undefined {
  return /^media\/([0-9a-f-]{36})\//.exec(name)?.[1]
}

export function pieceFolder(uploadId: Id): string {
  return `${PIECES}${uploadId}/`
}

export function pieceFile(uploadId: Id, number: number): string {
  return `${pieceFolder(uploadId)}${String(number).padStart(2, '0')}`
}

export function pieceNumber(name: string): number {
  return Number(name.slice(name.lastIndexOf('/') + 1))
}
