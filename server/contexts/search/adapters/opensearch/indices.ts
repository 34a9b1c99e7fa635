import { EngineAway, type Calls, type Json } from './calls.ts'

/**
 * The three indices of a deployment, for all shops together: a shop is a routing and a filter, so it lies
 * in one shard, its counts are exact, and a thousand shops are not a thousand indices. Words are analyzed
 * by ourselves; to OpenSearch every term is a keyword. The number at the end of an index's name rises
 * when a mapping changes: the new index is filled from PostgreSQL while the built-in engine answers.
 */
const keyword = { type: 'keyword' }
/** Looked for and never counted. */
const sought = { type: 'keyword', doc_values: false }
const long = { type: 'long' }
const kept = { type: 'object', enabled: false }

const MAPPINGS: Readonly<Record<string, Json>> = {
  products: {
    tenant: { type: 'integer' },
    round: long,
    id: keyword,
    isThere: { type: 'boolean' },
    minPrice: long,
    rated: long,
    createdAt: long,
    visibleFrom: long,
    visibleUntil: long,
    kind: sought,
    name: sought,
    about: sought,
    description: sought,
    /** Those of all four fields. */
    terms: sought,
    /** Facets and their values, as `facetKey` writes them. */
    values: keyword,
    /** `uk кросівки`, and without the language. */
    words: keyword,
    allWords: keyword,
    shown: kept,
  },
  lexicon: {
    tenant: { type: 'integer' },
    round: long,
    order: long,
    what: keyword,
    word: keyword,
    length: { type: 'integer' },
    trigrams: sought,
    value: kept,
  },
  shops: {
    tenant: { type: 'integer' },
    round: long,
    origin: keyword,
    transaction: keyword,
    fedAt: long,
    busyUntil: long,
    isWhole: { type: 'boolean' },
    wholeRound: long,
  },
}

const SETTINGS: Json = {
  'index.number_of_shards': 4,
  'index.auto_expand_replicas': '0-1',
}

/** Makes the indices that are not there yet. */
export async function makeIndices({ call, index }: Calls): Promise<void> {
  for (const [name, properties] of Object.entries(MAPPINGS)) {
    const { status, body } = await call({
      method: 'PUT',
      path: `/${index(name)}`,
      body: { settings: SETTINGS, mappings: { dynamic: 'strict', properties } },
      expected: [400],
      isSlow: true,
    })
    const error = body['error'] as { readonly type?: string } | undefined
    if (status === 400 && error?.type !== 'resource_already_exists_exception') {
      throw new EngineAway(`the index ${name} was refused`, { cause: error })
    }
  }
}
