/** Writes `web/store/api.d.ts` from `docs/openapi.json`: what shoppers may ask, without its prose. */
import { readFileSync, writeFileSync } from 'node:fs'

import openapiTS, { astToString } from 'openapi-typescript'

import { sealedTypes, shoppersDocument } from './shoppers.ts'

const root = new URL('../../', import.meta.url)
const read = (path) => readFileSync(new URL(path, root), 'utf8')
const document = JSON.parse(read('docs/openapi.json'))

const options = { alphabetize: false, emptyObjectsUnknown: true }
const types = astToString(await openapiTS(shoppersDocument(document), options))
const maker = read('tools/api-client/package.json')
writeFileSync(new URL('web/store/api.d.ts', root), sealedTypes(document, maker, types))
