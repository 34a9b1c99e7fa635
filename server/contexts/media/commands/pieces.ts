import type { Blobs } from '#platform/blob/blobs'
import { bytesOf } from '#platform/blob/names'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'

import type { MediaCommands, MediaRefusal, PieceView } from '../contract.ts'
import { MOST_PIECES, MOST_PIECES_KEPT, PIECE_BYTES } from '../domain/limits.ts'
import { PIECES, pieceFile, pieceFolder, pieceNumber } from '../store/files.ts'

interface Parts {
  readonly blobs: Blobs
  readonly add: MediaCommands['add']
}

/** Files that come in pieces, for lines that are slow or break; nothing is known of them but the pieces. */
export function pieceCommands({
  blobs,
  add,
}: Parts): Pick<MediaCommands, 'keepPiece' | 'pieces' | 'addPieces'> {
  async function pieces(tenant: TenantId, uploadId: string): Promise<readonly PieceView[]> {
    const { items } = await blobs.list(tenant, pieceFolder(uploadId), { limit: MOST_PIECES })
    return items
      .map(({ name, bytes }) => ({ number: pieceNumber(name), bytes }))
      .toSorted((one, other) => one.number - other.number)
  }

  return {
    async keepPiece({ id }, { uploadId, number }, bytes) {
      const { items: begun } = await blobs.list(id, PIECES, { limit: MOST_PIECES_KEPT })
      const full: MediaRefusal = { code: 'media.too-many-pieces', most: MOST_PIECES_KEPT }
      if (begun.length >= MOST_PIECES_KEPT) return refuse(full)
      const { bytes: length } = await blobs.put(id, pieceFile(uploadId, number), bytes, PIECE_BYTES)
      return accept({ bytes: length })
    },

    pieces: ({ id }, uploadId) => pieces(id, uploadId),

    async addPieces(tenant, { uploadId, pieces: count }, cause) {
      const there = new Set((await pieces(tenant.id, uploadId)).map(({ number }) => number))
      const numbers = Array.from({ length: count }, (_each, number) => number)
      const piece = numbers.find((number) => !there.has(number))
      const missing: MediaRefusal = { code: 'media.piece-missing', piece: piece ?? 0 }
      if (piece !== undefined) return refuse(missing)

      async function* joined(): AsyncGenerator<Uint8Array> {
        for (const number of numbers) {
          const found = await blobs.get(tenant.id, pieceFile(uploadId, number))
          if (found !== undefined) yield await bytesOf(found)
        }
      }
      const outcome = await add(tenant, joined(), cause)
      // Refused or not, these bytes are judged; what never ends is swept after a day.
      for (const number of there) await blobs.delete(tenant.id, pieceFile(uploadId, number))
      return outcome
    },
  }
}
