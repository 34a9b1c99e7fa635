/** The part of the stand-in that searches: queries, sorting, aggregations, as OpenSearch documents them. */
type Json = Record<string, unknown>

export type Source = Readonly<Record<string, unknown>>
export type Fields = Readonly<
  Record<
    string,
    { readonly type: string; readonly doc_values?: boolean; readonly enabled?: boolean }
  >
>

export interface Doc {
  readonly id: string
  readonly source: Source
  readonly version: number
  readonly seqNo: number
  readonly routing: string | undefined
}

export class Refused extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, reason: string) {
    super(reason)
    this.status = status
    this.type = type
  }
}

const no = (reason: string): never => {
  throw new Refused(400, 'parsing_exception', reason)
}

/** Clauses of one query, as `indices.query.bool.max_clause_count` allows. */
const MOST_CLAUSES = 1024

function keysOf(given: Json, ...known: readonly string[]): Json {
  const odd = Object.keys(given).find((name) => !known.includes(name))
  return odd === undefined ? given : no(`unknown key ${odd}`)
}

/** A query with one name, and what stands under it. */
function named(query: Json): readonly [string, Json] {
  const [first, ...more] = Object.entries(query)
  return first === undefined || more.length > 0
    ? no('a query has one name')
    : (first as [string, Json])
}

function fieldOf(fields: Fields, name: string): string {
  const field = fields[name]
  return field === undefined || field.enabled === false ? no(`no field ${name}`) : name
}

function valuesIn(source: Source, field: string): readonly unknown[] {
  return field in source ? [source[field]].flat() : []
}

/** The score of a document; undefined when it does not match. Scores are 32-bit floats. */
export function scored(query: Json, source: Source, fields: Fields): number | undefined {
  const score = scoreOf(query, source, fields)
  return score === undefined ? undefined : Math.fround(score)
}

function scoreOf(query: Json, source: Source, fields: Fields): number | undefined {
  const [name, body] = named(query)
  switch (name) {
    case 'bool':
      return boolScore(body, source, fields)
    case 'constant_score': {
      const { filter, boost } = keysOf(body, 'filter', 'boost')
      return scored(filter as Json, source, fields) === undefined ? undefined : Number(boost)
    }
    case 'dis_max': {
      const { queries } = keysOf(body, 'queries', 'tie_breaker')
      const scores = (queries as Json[]).flatMap((each) => scored(each, source, fields) ?? [])
      return scores.length === 0 ? undefined : Math.max(...scores)
    }
    case 'function_score':
      return functionScore(body, source, fields)
    default:
      return passes(name, body, source, fields) ? 1 : undefined
  }
}

function boolScore(body: Json, source: Source, fields: Fields): number | undefined {
  keysOf(body, 'filter', 'must', 'should', 'must_not', 'minimum_should_match')
  const list = (name: string): Json[] => [(body[name] ?? []) as Json | Json[]].flat()
  const all = (queries: Json[]): (number | undefined)[] =>
    queries.map((each) => scored(each, source, fields))
  if (all(list('filter')).includes(undefined)) return undefined
  if (all(list('must_not')).some((each) => each !== undefined)) return undefined
  const must = all(list('must'))
  if (must.includes(undefined)) return undefined
  const should = all(list('should')).filter((each) => each !== undefined)
  const isFree = list('must').length + list('filter').length > 0 || list('should').length === 0
  const least = Number(body['minimum_should_match'] ?? (isFree ? 0 : 1))
  if (should.length < least) return undefined
  return [...(must as number[]), ...should].reduce((sum, each) => sum + each, 0)
}

function functionScore(body: Json, source: Source, fields: Fields): number | undefined {
  keysOf(body, 'query', 'functions', 'score_mode', 'boost_mode', 'max_boost')
  if (body['score_mode'] !== 'sum' || body['boost_mode'] !== 'multiply') no('unproven mode')
  const score = scored(body['query'] as Json, source, fields)
  if (score === undefined) return undefined
  const weights = (body['functions'] as Json[]).flatMap((each) => {
    const { filter, weight } = keysOf(each, 'filter', 'weight')
    return scored(filter as Json, source, fields) === undefined ? [] : [Number(weight)]
  })
  const sum = weights.length === 0 ? 1 : weights.reduce((a, b) => a + b, 0)
  return score * Math.min(sum, Number(body['max_boost'] ?? Infinity))
}

function passes(name: string, body: Json, source: Source, fields: Fields): boolean {
  if (name === 'match_all') return Object.keys(keysOf(body)).length === 0
  if (name === 'match_none') return false
  if (name === 'exists') {
    return valuesIn(source, fieldOf(fields, String(keysOf(body, 'field')['field']))).length > 0
  }
  const [field, asked] = named(body) as readonly [string, unknown]
  const own = valuesIn(source, fieldOf(fields, field))
  switch (name) {
    case 'term':
      if (typeof asked === 'object') no('a term is a value')
      return own.includes(asked)
    case 'terms':
      return (asked as unknown[]).some((each) => own.includes(each))
    case 'prefix': {
      const { value } = keysOf(asked as Json, 'value')
      return own.some((each) => String(each).startsWith(String(value)))
    }
    case 'range': {
      const { gt, gte, lt, lte } = keysOf(asked as Json, 'gt', 'gte', 'lt', 'lte') as Record<
        string,
        number | undefined
      >
      return (own as number[]).some(
        (each) =>
          (gt === undefined || each > gt) &&
          (gte === undefined || each >= gte) &&
          (lt === undefined || each < lt) &&
          (lte === undefined || each <= lte),
      )
    }
    default:
      return no(`unknown query ${name}`)
  }
}

/** Lucene counts the leaves of the whole query. */
function clausesIn(given: unknown): number {
  if (typeof given !== 'object' || given === null) return 0
  if (Array.isArray(given)) return given.reduce((sum: number, each) => sum + clausesIn(each), 0)
  return Object.entries(given).reduce(
    (sum, [name, each]) =>
      sum + (/^(term|terms|prefix|range|exists)$/.test(name) ? 1 : clausesIn(each)),
    0,
  )
}

/** What a search finds among these documents. */
export function counted(
  documents: readonly Doc[],
  body: Json,
  fields: Fields,
): { readonly hits: Json; readonly aggregations: Json | undefined } {
  keysOf(
    body,
    'size',
    'track_total_hits',
    'version',
    '_source',
    'query',
    'post_filter',
    'sort',
    'search_after',
    'aggs',
  )
  const { query, post_filter: after, aggs, size } = body as Record<string, Json | undefined>
  if (clausesIn(query) > MOST_CLAUSES) throw new Refused(400, 'too_many_nested_clauses', '')
  if (!Number.isInteger(size) || Number(size) > 10_000) no('a size of at most 10,000')
  const matched = documents.flatMap((document) => {
    const score = scored(query as Json, document.source, fields)
    return score === undefined ? [] : [{ document, score }]
  })
  const left = matched.filter(
    ({ document }) => after === undefined || scored(after, document.source, fields) !== undefined,
  )
  return {
    hits: hitsOf(left, body, fields),
    aggregations:
      aggs === undefined
        ? undefined
        : aggregated(
            aggs,
            matched.map(({ document }) => document),
            fields,
          ),
  }
}

function hitsOf(
  left: readonly { readonly document: Doc; readonly score: number }[],
  body: Json,
  fields: Fields,
): Json {
  const { size, sort = [], search_after: after, _source: shown, version } = body
  const order = (sort as Json[]).map((each) => named(each) as unknown as readonly [string, string])
  const keyed = left.map(({ document, score }) => ({
    document,
    score,
    keys: order.map(([field]) => (field === '_score' ? score : sortKey(document, field, fields))),
  }))
  const compare = (one: readonly unknown[], other: readonly unknown[]): number => {
    for (const [place, [, direction]] of order.entries()) {
      const [a, b] = [one[place], other[place]] as [number, number]
      if (a !== b) return (a < b ? -1 : 1) * (direction === 'asc' ? 1 : -1)
    }
    return 0
  }
  const sorted = keyed
    .toSorted((a, b) => compare(a.keys, b.keys))
    .filter(({ keys }) => after === undefined || compare(keys, after as unknown[]) > 0)
  return {
    ...(body['track_total_hits'] === true ? { total: { value: left.length, relation: 'eq' } } : {}),
    hits: sorted.slice(0, Number(size)).map(({ document, score, keys }) => ({
      _id: document.id,
      _score: order.some(([field]) => field === '_score') ? score : null,
      ...(version === true ? { _version: document.version } : {}),
      ...(order.length === 0 ? {} : { sort: keys }),
      _source: Object.fromEntries(
        Object.entries(document.source).filter(([name]) => (shown as string[]).includes(name)),
      ),
    })),
  }
}

function sortKey({ source }: Doc, field: string, fields: Fields): unknown {
  if (fields[fieldOf(fields, field)]?.doc_values === false) no(`${field} cannot be sorted by`)
  return source[field]
}

function aggregated(aggs: Json, documents: readonly Doc[], fields: Fields): Json {
  return Object.fromEntries(
    Object.entries(aggs).map(([name, given]) => {
      const { aggs: inner, ...own } = given as Json
      const [kind, body] = named(own as Json)
      const more = (some: readonly Doc[]): Json =>
        inner === undefined ? {} : aggregated(inner as Json, some, fields)
      return [name, aggregation(kind, body, documents, fields, more)]
    }),
  )
}

function aggregation(
  kind: string,
  body: Json,
  documents: readonly Doc[],
  fields: Fields,
  more: (some: readonly Doc[]) => Json,
): Json {
  const passing = (filter: Json): Json => {
    if (clausesIn(filter) > MOST_CLAUSES) throw new Refused(400, 'too_many_nested_clauses', '')
    const some = documents.filter(({ source }) => scored(filter, source, fields) !== undefined)
    return { doc_count: some.length, ...more(some) }
  }
  if (kind === 'filter') return passing(body)
  if (kind === 'filters') {
    const { filters } = keysOf(body, 'filters') as { filters: Record<string, Json> }
    return {
      buckets: Object.fromEntries(
        Object.entries(filters).map(([name, filter]) => [name, passing(filter)]),
      ),
    }
  }
  const { field, size, include } = keysOf(body, 'field', 'size', 'include')
  const name = fieldOf(fields, String(field))
  if (fields[name]?.doc_values === false) no(`${name} cannot be aggregated`)
  const all = documents.flatMap(({ source }) => [...new Set(valuesIn(source, name))])
  if (kind === 'min' || kind === 'max') {
    return { value: all.length === 0 ? null : Math[kind](...(all as number[])) }
  }
  if (kind !== 'terms') no(`unknown aggregation ${kind}`)
  const pattern = new RegExp(`^(?:${typeof include === 'string' ? include : '.*'})$`, 's')
  const counts = new Map<string, number>()
  for (const value of all as string[]) {
    if (pattern.test(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const buckets = [...counts]
    .toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, Number(size))
    .map(([key, count]) => ({ key, doc_count: count }))
  return { doc_count_error_upper_bound: 0, sum_other_doc_count: 0, buckets }
}
