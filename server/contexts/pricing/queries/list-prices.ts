import type { Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import { money } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import type { Users } from '#context/identity'

import type { PriceListQueries, PricingRefusal, RuleQueries } from '../contract.ts'
import { nameOf } from '../domain/rules.ts'
import type { KnownGroups } from '../store/customers.ts'
import { pricesAfter } from '../store/price-lists.ts'
import { type KnownTerms, rulesAfter, rulesOf } from '../store/rules.ts'
import { specialsAfter } from '../store/special-prices.ts'

export function listPricesOf(reads: Reads, known: KnownTerms): PriceListQueries['prices'] {
  return async (tenant, { currency, limit, after = '' }) => {
    const unknown: PricingRefusal = { code: 'pricing.list-unknown', currency }
    const { lists } = await known.of(tenant.id)
    if (!lists.some((list) => list.currency === currency)) return refuse(unknown)
    const rows = await pricesAfter(reads, tenant.id, { currency, sku: after, limit: limit + 1 })
    const items = rows
      .slice(0, limit)
      .map(({ sku, amount }) => ({ sku, price: money(amount, currency) }))
    return accept({ items, next: rows.length > limit ? (items.at(-1)?.sku ?? null) : null })
  }
}

export function listRules({ reads }: Pick<Platform, 'reads'>): RuleQueries['rules'] {
  return async (tenant, { limit, after = '.', ...of }) => {
    const dot = after.indexOf('.')
    const place = [after.slice(0, dot), after.slice(dot + 1)] as const
    const rows = await rulesAfter(reads, tenant, { ...of, after: place, limit: limit + 1 })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const isMore = rows.length > limit && last !== undefined
    return { items, next: isMore ? nameOf(last.rule) : null }
  }
}

export function listSpecials(
  { reads }: Pick<Platform, 'reads'>,
  known: KnownTerms,
): RuleQueries['specials'] {
  return async (tenant, { list, limit, after = '' }) => {
    const isKnown = rulesOf(await known.of(tenant.id), 'special-list').some(
      ({ code }) => code === list,
    )
    const unknown: PricingRefusal = {
      code: 'pricing.rule-unknown',
      rule: `special-list.${list}`,
    }
    if (!isKnown) return refuse(unknown)
    const rows = await specialsAfter(reads, tenant.id, { list, sku: after, limit: limit + 1 })
    const items = rows.slice(0, limit)
    return accept({ items, next: rows.length > limit ? (items.at(-1)?.sku ?? null) : null })
  }
}

export function memberOf(groups: KnownGroups, users: Pick<Users, 'find'>): RuleQueries['memberOf'] {
  return async (tenant, userId) => {
    const unknown: PricingRefusal = { code: 'pricing.customer-unknown', userId }
    if ((await users.find(tenant, userId)) === undefined) return refuse(unknown)
    return accept({ userId, group: await groups.now(tenant, userId) })
  }
}
