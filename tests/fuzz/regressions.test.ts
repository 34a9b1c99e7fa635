import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Journey } from '../journeys/journey.ts'
import { type Document, readDocument } from './document.ts'
import { faultsOf } from './judge.ts'
import { REGRESSIONS } from './regressions.ts'
import { Line } from './wire.ts'

let journey: Journey
let document: Document
before(async () => {
  journey = await Journey.begin()
  document = await readDocument(journey)
})
after(() => journey?.[Symbol.asyncDispose]())

for (const { once, as, request, headers = {}, body = '', expected } of REGRESSIONS) {
  test(`${expected} is the answer where ${once}`, async () => {
    const token = as === undefined ? undefined : await journey.token(as)
    const head = Object.entries({
      host: 'demo.localhost',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`)
    const bytes = Buffer.from([request, ...head, '', body].join('\r\n'))
    const heard = await new Line(journey.shop.program.port).askAlone({ bytes })
    const { code } = JSON.parse(heard.text) as { code: string }
    assert.equal(`${heard.status} ${code}`, expected, heard.text)
    const [method = '', path = ''] = request.split(' ')
    assert.deepEqual(faultsOf(heard, 'refused', document.at(method, path), document), [])
  })
}
