import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { sealedTypes, shoppersDocument, type Document } from '../../tools/api-client/shoppers.ts'
import { root } from './tree.ts'

const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const document = JSON.parse(read('docs/openapi.json')) as Document
const maker = read('tools/api-client/package.json')
const written = read('web/store/api.d.ts')
const types = written.slice(written.indexOf('\n') + 1)

test('the types that pages ask the API with are those of the API as it is', () => {
  assert.equal(
    written.split('\n')[0],
    sealedTypes(document, maker, types).split('\n')[0],
    'the API changed, or the types by hand: run `npm run api-client`',
  )
})

test('a changed API, maker or file is noticed', () => {
  const renamed = { ...document, paths: { '/x': document.paths['/api/v1/shop'] ?? {} } }
  assert.notEqual(sealedTypes(renamed, maker, types), written)
  assert.notEqual(sealedTypes(document, `${maker} `, types), written)
  assert.notEqual(sealedTypes(document, maker, types.replace('string', 'number')), written)
})

test('the types are of what shoppers may ask', () => {
  const { paths } = shoppersDocument(document)
  assert.ok('get' in (paths['/api/v1/shop'] ?? {}))
  assert.ok(Object.keys(paths).length < Object.keys(document.paths).length)
  for (const operation of Object.values(paths).flatMap((each) => Object.values(each))) {
    assert.match(operation['x-authz']?.who ?? '', /^(anyone|signed-in)$/)
    assert.deepEqual(
      Object.keys(operation.responses).filter((status) => status >= '400'),
      [],
    )
  }
})
