import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import { known, type Known } from '#platform/known'
import type { Table } from '#platform/write/commit'

import type { PriceListView, Rule, RuleKind, RuleView } from '../contract.ts'

export const ruleTable: Table = { name: 'pricing.rules', key: ['kind', 'code'] }

interface TermRow {
  readonly kind: RuleKind | 'price-list'
  readonly code: string
  readonly rule: unknown
}

/** Price lists and rules together, so that a shop without any costs one question. */
const terms = statement<TermRow>(
  'pricing.terms',
  `select 'price-list' as kind, currency as code, delivery as rule
     from pricing.price_lists where tenant_id = $1
   union all
   select kind, code, rule from pricing.rules where tenant_id = $1
   order by 1, 2 limit 1000`,
)

/** What a shop's prices and taxes follow. */
export interface Terms {
  readonly lists: readonly PriceListView[]
  readonly rules: readonly Rule[]
}

/** Rules change rarely; a new one is used at most so late. */
const FRESH_MS = 2000

export type KnownTerms = Known<Terms>

export function openTerms(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  tail: Tail | undefined,
): KnownTerms {
  const read = async (tenant: TenantId): Promise<Terms> => {
    const rows = await reads.read(tenant, terms, [tenant])
    const lists = rows.flatMap(({ kind, code: currency, rule: delivery }) =>
      kind === 'price-list'
        ? [{ currency, delivery: delivery as Readonly<Record<string, number>> }]
        : [],
    )
    const rules = rows.flatMap(({ kind, rule }) => (kind === 'price-list' ? [] : [rule as Rule]))
    return { lists, rules }
  }
  return known(clock, FRESH_MS, read, {
    tail,
    isAbout: (type) => /^pricing\.(list|rule)-/.test(type),
  })
}

/** The rules of one kind. */
export function rulesOf<K extends RuleKind>(
  { rules }: Terms,
  kind: K,
): (Rule & { readonly kind: K })[] {
  return rules.filter((rule): rule is Rule & { readonly kind: K } => rule.kind === kind)
}

const page = statement<RuleView>(
  'pricing.rules-after',
  `select rule, version from pricing.rules
   where tenant_id = $1 and (kind, code) > ($2, $3) and kind between $4 and $5
   order by kind, code limit $6`,
)

/** Where a page of rules begins: behind one of them, of one kind or of all. */
export interface RulesAsk {
  readonly kind?: RuleKind
  readonly after: readonly [kind: string, code: string]
  readonly limit: number
}

/** Rules in the order of their kinds and codes. */
export function rulesAfter(
  reads: Reads,
  tenant: TenantId,
  { kind, after, limit }: RulesAsk,
): Promise<RuleView[]> {
  return reads.read(tenant, page, [tenant, ...after, kind ?? '', kind ?? '~', limit])
}
