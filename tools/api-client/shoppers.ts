import { createHash } from 'node:crypto'

interface Operation {
  readonly 'x-authz'?: { readonly who: string }
  readonly responses: Record<string, unknown>
}

/** What of an OpenAPI document is read here. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const SHOPPERS = ['anyone', 'signed-in']
const PROSE = ['description', 'example', 'examples', 'summary']

/** What shoppers may ask and what they are told when it goes well, without prose. */
export function shoppersDocument(document: Document): Document {
  const paths = Object.entries(document.paths).flatMap(([path, operations]) => {
    const own = Object.entries(operations).flatMap(([method, operation]) =>
      SHOPPERS.includes(operation['x-authz']?.who ?? '') ? [[method, good(operation)]] : [],
    )
    return own.length === 0 ? [] : [[path, Object.fromEntries(own)]]
  })
  return plain({ ...document, paths: Object.fromEntries(paths) }) as Document
}

function good(operation: Operation): Operation {
  const responses = Object.entries(operation.responses).filter(([status]) => status < '400')
  return { ...operation, responses: Object.fromEntries(responses) }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([name, each]) => !PROSE.includes(name) || (typeof each === 'object' && 'type' in each),
  )
  return Object.fromEntries(kept.map(([name, each]) => [name, plain(each)]))
}

/**
 * The whole file of types: its first line has a hash of the document, of what made the types and of the
 * types themselves. So whoever reads all three knows, without the maker, that they belong together.
 */
export function sealedTypes(document: Document, maker: string, types: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(shoppersDocument(document)))
    .update(maker)
    .update(types)
    .digest('base64url')
  return `/** Made by \`npm run api-client\` of docs/openapi.json: ${hash} */\n${types}`
}
