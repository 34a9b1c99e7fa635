/**
 * How well a search answers the judged queries, by the usual measures (Manning, Raghavan, Schütze:
 * Introduction to Information Retrieval, chapter 8). Recall is capped: with thirty relevant
 * products ten good ones are a full page.
 */
import {
  isHeldOut,
  judgedProducts,
  QUERIES,
  relevantSlugs,
  type JudgedProduct,
  type JudgedQuery,
} from './judged.ts'

export type Search = (query: JudgedQuery) => Promise<readonly string[]>

export interface Score {
  readonly query: JudgedQuery
  readonly found: readonly string[]
  /** Relevant among the first ten / min(10, relevant); 1 when nothing must be and nothing is. */
  readonly recall: number
  /** 1 / rank of the first relevant one among the first ten; 0 when there is none. */
  readonly reciprocalRank: number
}

export interface Figures {
  readonly queries: number
  readonly recall: number
  readonly reciprocalRank: number
  /** Of queries that have answers: the part that found nothing at all. */
  readonly nothingFound: number
}

export interface Measured {
  readonly tuned: Figures
  readonly heldOut: Figures
  /** Of the tuned part only, worst first: the held-out part must not be looked at. */
  readonly byKind: Readonly<Record<string, Figures>>
  readonly byLanguage: Readonly<Record<string, Figures>>
  readonly worst: readonly Score[]
  /** Queries whose rule no product of the demo fulfils today. */
  readonly notJudged: readonly string[]
}

/** The marks of one answer. */
export function score(
  query: JudgedQuery,
  relevant: ReadonlySet<string>,
  found: readonly string[],
): Score {
  const first = found.slice(0, 10)
  if (query.relevant.length === 0) {
    const right = found.length === 0 ? 1 : 0
    return { query, found: first, recall: right, reciprocalRank: right }
  }
  const hits = new Set(first.filter((slug) => relevant.has(slug))).size
  const rank = first.findIndex((slug) => relevant.has(slug))
  return {
    query,
    found: first,
    recall: hits / Math.min(10, relevant.size),
    reciprocalRank: rank === -1 ? 0 : 1 / (rank + 1),
  }
}

/** Asks every judged query, one after the other. */
export async function measure(
  search: Search,
  queries: readonly JudgedQuery[] = QUERIES,
  productsOf: (shop: string) => readonly JudgedProduct[] = judgedProducts,
): Promise<Measured> {
  const products = new Map<string, readonly JudgedProduct[]>()
  const scores: Score[] = []
  const notJudged: string[] = []
  for (const query of queries) {
    if (!products.has(query.shop)) products.set(query.shop, productsOf(query.shop))
    const relevant = relevantSlugs(query, products.get(query.shop) ?? [])
    if (query.relevant.length > 0 && relevant.size === 0) notJudged.push(query.id)
    else scores.push(score(query, relevant, await search(query)))
  }
  const tuned = scores.filter(({ query }) => !isHeldOut(query))
  return {
    tuned: figures(tuned),
    heldOut: figures(scores.filter(({ query }) => isHeldOut(query))),
    byKind: grouped(tuned, ({ query }) => query.kind),
    byLanguage: grouped(tuned, ({ query }) => query.language),
    worst: tuned
      .filter(({ recall, reciprocalRank }) => recall < 1 || reciprocalRank < 1)
      .toSorted((a, b) => a.recall - b.recall),
    notJudged,
  }
}

function grouped(scores: readonly Score[], by: (score: Score) => string): Record<string, Figures> {
  const groups = Object.groupBy(scores, by)
  return Object.fromEntries(
    Object.entries(groups)
      .map(([name, of]): [string, Figures] => [name, figures(of ?? [])])
      .toSorted(([, a], [, b]) => a.recall - b.recall),
  )
}

function figures(scores: readonly Score[]): Figures {
  const answered = scores.filter(({ query }) => query.relevant.length > 0)
  const mean = (of: (score: Score) => number): number =>
    scores.length === 0 ? 0 : scores.reduce((sum, each) => sum + of(each), 0) / scores.length
  return {
    queries: scores.length,
    recall: mean(({ recall }) => recall),
    reciprocalRank: mean(({ reciprocalRank }) => reciprocalRank),
    nothingFound:
      answered.length === 0
        ? 0
        : answered.filter(({ found }) => found.length === 0).length / answered.length,
  }
}

/** The figures as lines of text. */
export function table({ tuned, heldOut, byKind, byLanguage, notJudged }: Measured): string {
  const line = (name: string, each: Figures): string =>
    `${name.padEnd(16)} ${String(each.queries).padStart(4)}  recall@10 ${each.recall.toFixed(3)}  ` +
    `MRR ${each.reciprocalRank.toFixed(3)}  nothing found ${(each.nothingFound * 100).toFixed(1)} %`
  const lines = (groups: Readonly<Record<string, Figures>>): string[] =>
    Object.entries(groups).map(([name, each]) => line(`  ${name}`, each))
  return [
    line('tuned', tuned),
    ...lines(byKind),
    ...lines(byLanguage),
    line('held out', heldOut),
    `not judged (no such product today): ${notJudged.length === 0 ? 'none' : notJudged.join(', ')}`,
  ].join('\n')
}
