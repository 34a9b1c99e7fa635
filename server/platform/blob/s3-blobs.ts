import { Readable } from 'node:stream'

import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'

import type { Clock } from '../clock.ts'
import { Unavailable } from '../outcome.ts'
import type { Blobs } from './blobs.ts'
import { gathered, keyOf, mustBePage, prefixOf } from './names.ts'

/** A bucket of a server that speaks S3. */
export interface S3Place {
  /** `https://s3.example.com`; the bucket is part of the path, as every S3 server understands. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const CONNECT_MS = 2_000
/** Without a word of the server for so long a request has failed. */
const SILENT_MS = 10_000
/** The first one and two more, with pauses the client makes. */
const TRIES = 3
const CONNECTIONS = 32

/**
 * Blobs in a bucket. An object appears whole or not at all, for each is sent with one request; its
 * bytes are gathered before, because a request that is to be tried again must have them again.
 */
export function s3Blobs(place: S3Place, clock: Clock): Blobs {
  const { bucket: Bucket } = place
  const client = clientOf(place)

  return {
    async put(tenant, name, bytes, limitBytes) {
      const Key = keyOf(tenant, name)
      const Body = await gathered(bytes, limitBytes)
      await asked(client.send(new PutObjectCommand({ Bucket, Key, Body })))
      return { bytes: Body.byteLength, modifiedAt: clock.now() }
    },

    async get(tenant, name, range) {
      const Key = keyOf(tenant, name)
      const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end ?? ''}` }
      const found = await asked(
        client.send(new GetObjectCommand({ Bucket, Key, ...Range })),
        'none',
        'beyond',
      )
      if (found === 'none') return undefined
      if (found === 'beyond') return nothingOf(await this.head(tenant, name))
      return {
        bytes: wholeSize(found.ContentRange) ?? found.ContentLength ?? 0,
        body: found.Body as Readable,
      }
    },

    async head(tenant, name) {
      const Key = keyOf(tenant, name)
      const found = await asked(client.send(new HeadObjectCommand({ Bucket, Key })), 'none')
      if (found === 'none') return undefined
      return { bytes: found.ContentLength ?? 0, modifiedAt: found.LastModified?.getTime() ?? 0 }
    },

    async delete(tenant, name) {
      const Key = keyOf(tenant, name)
      await asked(client.send(new DeleteObjectCommand({ Bucket, Key })), 'none')
    },

    async list(tenant, prefix, { after, limit }) {
      mustBePage(limit)
      const Prefix = prefixOf(tenant, prefix)
      const place = after === undefined ? {} : { ContinuationToken: after }
      const { Contents = [], NextContinuationToken: next } = await asked(
        client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: limit, ...place })),
      )
      const items = Contents.map(({ Key = '', Size = 0, LastModified }) => ({
        name: Key.slice(`${tenant}/`.length),
        bytes: Size,
        modifiedAt: LastModified?.getTime() ?? 0,
      }))
      return next === undefined ? { items } : { items, next }
    },

    // Nothing is begun that could stay unfinished.
    forgetUnfinished: () => Promise.resolve(0),
  }
}

function clientOf({ endpoint, region, accessKeyId, secretAccessKey }: S3Place): S3Client {
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: TRIES,
    // Checksums that only the newest servers know are sent where an operation demands them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: SILENT_MS,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: CONNECTIONS },
      httpsAgent: { maxSockets: CONNECTIONS },
    },
  })
}

function nothingOf(facts: { readonly bytes: number } | undefined) {
  return facts === undefined ? undefined : { bytes: facts.bytes, body: Readable.from([]) }
}

/** `bytes 0-9/100` says 100. */
function wholeSize(contentRange: string | undefined): number | undefined {
  const size = /\/(\d+)$/.exec(contentRange ?? '')?.[1]
  return size === undefined ? undefined : Number(size)
}

type Expected = 'none' | 'beyond'

/** What the server answered, or which of the expected refusals; every other one means it is away. */
async function asked<T, E extends Expected = never>(
  request: Promise<T>,
  ...expected: readonly E[]
): Promise<T | E> {
  try {
    return await request
  } catch (error) {
    const status = statusOf(error)
    const meant = status === 404 ? 'none' : status === 416 ? 'beyond' : undefined
    const found = expected.find((each) => each === meant)
    // A bucket that is not there is a mistake of the operator's, not a missing blob.
    if (found !== undefined && nameOf(error) !== 'NoSuchBucket') return found
    throw new Unavailable(`the object store refused or is away: ${nameOf(error)}`, 5, {
      cause: error,
    })
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
