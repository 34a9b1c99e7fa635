import { join } from 'node:path'

import type { Config } from '../../config.ts'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import { onDemand } from '../on-demand.ts'
import type { Blobs } from './blobs.ts'
import { folderBlobs } from './folder-blobs.ts'
import type * as S3 from './s3-blobs.ts'

/** The store of blobs this deployment was told to use: a bucket, or a folder of this machine. */
export function openBlobs(parts: {
  readonly config: Pick<Config, 'blobUrl' | 'dataDir'>
  readonly clock: Clock
  readonly ids: Ids
}): Blobs {
  const { config, clock, ids } = parts
  if (config.blobUrl === undefined) return folderBlobs(join(config.dataDir, 'blobs'), ids)
  const { s3Blobs } = onDemand<typeof S3>(import.meta.url, './s3-blobs.ts')
  return s3Blobs(placeOf(new URL(config.blobUrl)), clock)
}

/** `https://key:secret@s3.example.com/bucket?region=eu-central-1`; without a region it is `us-east-1`. */
export function placeOf(url: URL): S3.S3Place {
  return {
    endpoint: url.origin,
    bucket: url.pathname.slice(1),
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}
