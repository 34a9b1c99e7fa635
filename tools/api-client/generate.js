/** Writes `web/store/api.d.ts` from `docs/openapi.json`: what shoppers may ask, without its prose. */
import { readFileSync, writeFileSync } from 'node:fs'

import openapiTS, { astToString } from 'openapi-typescript'

const root = new URL('../../', import.meta.url)
const document = JSON.parse(readFileSync(new URL('docs/openapi.json', root), 'utf8'))

const SHOPPERS = ['anyone', 'signed-in']
const PROSE = ['description', 'example', 'examples', 'summary']

for (const [path, operations] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    if (!SHOPPERS.includes(operation['x-authz']?.who)) delete operations[method]
    else
      for (const status of Object.keys(operation.responses)) {
        if (status >= '400') delete operation.responses[status]
      }
  }
  if (Object.keys(operations).length === 0) delete document.paths[path]
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(
    ([name, each]) => !PROSE.includes(name) || (typeof each === 'object' && 'type' in each),
  )
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]))
}

const types = await openapiTS(plain(document), { alphabetize: false, emptyObjectsUnknown: true })
writeFileSync(
  new URL('web/store/api.d.ts', root),
  `/** Made by \`npm run api-client\` from docs/openapi.json. */\n${astToString(types)}`,
)
