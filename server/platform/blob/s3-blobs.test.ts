import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'

import type { TenantId } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import { blobsConform } from './blobs.testing.ts'
import { placeOf } from './open-blobs.ts'
import { s3Blobs } from './s3-blobs.ts'

const clock = { now: Date.now }
const ONE = 1 as TenantId

test('an address says bucket, region and keys', () => {
  const url = new URL('https://key:a%2Fb@s3.example.com:9000/pictures?region=eu-central-1')
  assert.deepEqual(placeOf(url), {
    endpoint: 'https://s3.example.com:9000',
    bucket: 'pictures',
    region: 'eu-central-1',
    accessKeyId: 'key',
    secretAccessKey: 'a/b',
  })
})

test('a server that is away, or has no such bucket, is no missing blob', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(404, { 'content-type': 'application/xml' })
    response.end('<Error><Code>NoSuchBucket</Code><Message>none</Message></Error>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const blobs = s3Blobs(placeOf(new URL(`http://key:secret@127.0.0.1:${port}/none`)), clock)
  await assert.rejects(blobs.get(ONE, 'a'), Unavailable)
  assert.equal(asked, 1)
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  await assert.rejects(blobs.get(ONE, 'a'), Unavailable)
  await assert.rejects(blobs.put(ONE, 'a', Buffer.from('x'), 10), Unavailable)
})

const url = process.env['S3_TEST_URL']

if (url === undefined) {
  test('the S3 adapter was not tried: S3_TEST_URL names no server', (context) => {
    context.diagnostic('give S3_TEST_URL=http://key:secret@127.0.0.1:5000/bucket to run its suite')
  })
} else {
  const blobs = s3Blobs(placeOf(new URL(url)), clock)
  blobsConform('S3', () => blobs)
}
