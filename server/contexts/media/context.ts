import type { Blobs } from '#platform/blob/blobs'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { openStudio } from './adapters/studio.ts'
import { addAsset } from './commands/add-asset.ts'
import { describeAsset, removeAsset } from './commands/change-asset.ts'
import { importDrawings } from './commands/import-drawings.ts'
import { pieceCommands } from './commands/pieces.ts'
import { renditions } from './commands/render.ts'
import type { Media, MediaCommands, MediaQueries, Renditions } from './contract.ts'
import { MOST_PIECES, PIECE_BYTES, PIECE_PATTERN, UPLOAD_BYTES } from './domain/limits.ts'
import { ASSET_PATTERN, FILE_PATTERN } from './domain/renditions.ts'
import { problems } from './http/problems.ts'
import { mediaRoutes } from './http/routes.ts'
import { sweepBlobs } from './jobs/sweep-blobs.ts'
import { listAssets, viewAsset } from './queries/list-assets.ts'
import { addressOf, picturesOf } from './queries/pictures.ts'
import { openKnownAssets } from './store/assets.ts'

export type MediaPlatform = Pick<
  Platform,
  'write' | 'reads' | 'clock' | 'ids' | 'waiting' | 'log'
> & { readonly config: Pick<Platform['config'], 'mediaUrl'> }

const LIMITS = {
  uploadBytes: UPLOAD_BYTES,
  pieceBytes: PIECE_BYTES,
  mostPieces: MOST_PIECES,
  piecePattern: PIECE_PATTERN,
  assetPattern: ASSET_PATTERN,
  filePattern: FILE_PATTERN,
}

export function openMedia(
  platform: MediaPlatform,
  ports: {
    readonly blobs: Blobs
    readonly tenants: () => Promise<readonly TenantId[]>
    /** The short name of a shop. */
    readonly slugOf: (tenant: TenantId) => Promise<string>
  },
): { context: Context; media: Media } {
  const { mediaUrl } = platform.config
  const { blobs } = ports
  const studio = openStudio(platform)
  const known = openKnownAssets(platform)
  const parts = { ...platform, blobs, studio, known, mediaUrl }
  const add = addAsset(parts)
  const commands: MediaCommands = {
    add,
    describe: describeAsset(parts),
    remove: removeAsset(parts),
    ...pieceCommands({ blobs, add }),
  }
  const queries: MediaQueries = {
    list: listAssets(platform, mediaUrl),
    view: viewAsset(known, mediaUrl),
  }
  const pictures = picturesOf(known, mediaUrl, ports.slugOf)
  const served: Renditions = { rendition: renditions(parts), address: addressOf(pictures) }
  return {
    context: {
      name: 'media',
      routes: mediaRoutes(commands, queries, served, LIMITS),
      problems,
      jobs: [sweepBlobs(platform, blobs, ports.tenants)],
    },
    media: {
      pictures,
      importDrawings: importDrawings(platform),
    },
  }
}
