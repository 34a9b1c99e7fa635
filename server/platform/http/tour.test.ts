import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'

import { aServer } from './server.testing.ts'

const README = join(import.meta.dirname, '..', '..', '..', 'README.md')

test('the commands of the tour lead to the port it was asked on', async () => {
  await using subject = await aServer({ tourFile: README })
  const on = async (host: string): Promise<string> =>
    (await subject.http.fastify.inject({ url: '/tour', headers: { host } })).body

  assert.match(await on('localhost:3000'), /api=http:\/\/localhost:3000\/api/)
  const elsewhere = await on('second.localhost:4100')
  assert.match(elsewhere, /api=http:\/\/localhost:4100\/api/)
  assert.doesNotMatch(elsewhere, /:3000/)
})

test('the tour brings its picture along and loads nothing', async () => {
  await using subject = await aServer({ tourFile: README })
  const { body } = await subject.http.fastify.inject('/tour')
  assert.match(body, /<div class="picture"[^>]*><img alt="[^"]+" src="data:image\/svg\+xml;base64,/)
  assert.doesNotMatch(body, /<(?:script|iframe|link rel="stylesheet")|src="http/)
})
