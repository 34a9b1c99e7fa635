/** The parts of OpenSearch's answers that are read; whatever has another shape is no answer. */
import { EngineAway, type Json } from './calls.ts'

export interface ServerHit<Source> {
  readonly _source: Source
  readonly _version?: number
  /** What it was sorted by; goes into `search_after`. */
  readonly sort: readonly unknown[]
}

export function hitsOf<Source>(body: Json): readonly ServerHit<Source>[] {
  const hits = (body['hits'] as { readonly hits?: unknown } | undefined)?.hits
  if (!Array.isArray(hits)) throw new EngineAway('an answer has no hits')
  return hits as readonly ServerHit<Source>[]
}

/** How many documents a query found, where all were counted. */
export function totalOf(body: Json): number {
  const hits = body['hits'] as { readonly total?: { readonly value?: unknown } } | undefined
  return numberIn(hits?.total?.value)
}

/** An aggregation of an answer. */
export interface Counted {
  readonly doc_count?: unknown
  readonly value?: unknown
  readonly buckets?: unknown
  readonly [name: string]: unknown
}

export function countedOf(body: Json, name: string): Counted {
  const all = body['aggregations'] as Readonly<Record<string, Counted>> | undefined
  const found = all?.[name]
  if (found === undefined) throw new EngineAway(`an answer has no ${name}`)
  return found
}

export function documentsIn(counted: Counted): number {
  return numberIn(counted.doc_count)
}

/** Of the commonest values of a field, how often each occurs. */
export function termsIn(counted: Counted): readonly (readonly [string, number])[] {
  if (!Array.isArray(counted.buckets)) throw new EngineAway('an answer has no buckets')
  return (counted.buckets as readonly { key: unknown; doc_count: unknown }[]).map((bucket) => [
    String(bucket.key),
    numberIn(bucket.doc_count),
  ])
}

/** Of filters that were named, how many documents each passes. */
export function filtersIn(counted: Counted): ReadonlyMap<string, number> {
  const { buckets } = counted
  if (typeof buckets !== 'object' || buckets === null) {
    throw new EngineAway('an answer has no buckets')
  }
  return new Map(
    Object.entries(buckets as Readonly<Record<string, Counted>>).map(([name, each]) => [
      name,
      documentsIn(each),
    ]),
  )
}

function numberIn(given: unknown): number {
  if (typeof given !== 'number') throw new EngineAway('an answer has no number where one belongs')
  return given
}
