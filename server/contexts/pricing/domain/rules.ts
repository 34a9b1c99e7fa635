import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Aggregate } from '#platform/write/commit'

import type {
  PricingRefusal,
  PricingRuleRemoved,
  PricingRuleSet,
  Rule,
  RuleKind,
  RuleView,
} from '../contract.ts'

/** Rules of one shop, of all kinds: they are read together with every price. */
export const MOST_RULES = 500

/** Codes of special lists that were used, those that ended too. */
const MOST_CODES = 5000

/** The code of the one rule about tax. */
const TAX_CODE = 'shop'

export interface Rules {
  /** Counts changes; a rule's version is the one it was set at. */
  readonly version: number
  /** By `<kind>.<code>`; null once a special list was removed, for its code is not used again. */
  readonly all: Readonly<Record<string, RuleView | null>>
}

/** One stream a shop, so that what one rule says of another is true when it is recorded. */
export const ruleBooks: Aggregate<Rules, PricingRuleSet | PricingRuleRemoved> = {
  kind: 'price-rules',
  initial: { version: 0, all: {} },
  apply({ all }, event, { version }) {
    if (event.type === 'pricing.rule-removed') {
      const { [nameOf(event)]: _, ...others } = all
      const isKept = event.kind === 'special-list'
      return { version, all: isKept ? { ...others, [nameOf(event)]: null } : others }
    }
    return { version, all: { ...all, [nameOf(event.rule)]: { rule: event.rule, version } } }
  },
}

export function nameOf({ kind, code }: Pick<Rule, 'kind' | 'code'>): string {
  return `${kind}.${code}`
}

export function found(
  { all }: Rules,
  rule: { readonly kind: RuleKind; readonly code: string },
): RuleView | undefined {
  const name = nameOf(rule)
  return Object.hasOwn(all, name) ? (all[name] ?? undefined) : undefined
}

function live({ all }: Rules): RuleView[] {
  return Object.values(all).filter((each) => each !== null)
}

/** Whether this rule may be set; the version is that of the rule as the caller saw it. */
export function maySet(
  rules: Rules,
  rule: Rule,
  tenant: Tenant,
  currencies: readonly string[],
  versions?: readonly number[],
): Outcome<Rule, PricingRefusal> {
  const known = found(rules, rule)
  const fresh = isFresh(known, versions)
  if (!fresh.ok) return fresh
  if (known === undefined && live(rules).length >= MOST_RULES) {
    return refuse({ code: 'pricing.rules-full', limit: MOST_RULES })
  }
  if (known === undefined && Object.keys(rules.all).length >= MOST_CODES) {
    return refuse({ code: 'pricing.rules-full', limit: MOST_CODES })
  }
  const fault = faultOf(rules, rule, tenant, currencies)
  return fault === undefined ? accept(rule) : refuse(fault)
}

function isFresh(
  known: RuleView | undefined,
  versions: readonly number[] | undefined,
): Outcome<null, PricingRefusal> {
  const version = known?.version ?? 0
  if (versions === undefined || versions.includes(version)) return accept(null)
  return refuse({ code: 'pricing.version-stale', version })
}

function wrong(field: string, reason: string): PricingRefusal {
  return { code: 'pricing.rule-wrong', field, reason }
}

function faultOf(
  rules: Rules,
  rule: Rule,
  tenant: Tenant,
  currencies: readonly string[],
): PricingRefusal | undefined {
  const missing = (kind: RuleKind, code: string | null): PricingRefusal | undefined =>
    code === null || found(rules, { kind, code }) !== undefined
      ? undefined
      : { code: 'pricing.rule-unknown', rule: nameOf({ kind, code }) }
  const foreign = (currency: string): PricingRefusal | undefined =>
    currencies.includes(currency) ? undefined : { code: 'pricing.list-unknown', currency }

  switch (rule.kind) {
    case 'group':
      return undefined
    case 'market':
      return foreign(rule.currency) ?? faultOfMarket(rules, rule, tenant)
    case 'special-list': {
      // The prices of a list that ended may still be in the log; they are not to come back.
      if (rules.all[nameOf(rule)] === null) return wrong('code', 'it was used before')
      const before = found(rules, rule)?.rule
      if (before?.kind === 'special-list' && before.currency !== rule.currency) {
        return wrong('currency', 'a list keeps its currency')
      }
      return (
        timesOf(rule) ??
        foreign(rule.currency) ??
        missing('group', rule.group) ??
        missing('market', rule.market)
      )
    }
    case 'zone':
      return faultOfZone(rules, rule)
    case 'rate':
      return timesOf(rule) ?? missing('zone', rule.zone)
    case 'tax':
      return rule.code === TAX_CODE ? undefined : wrong('code', `it is ${TAX_CODE}`)
  }
}

function timesOf(rule: {
  readonly from: string | null
  readonly until: string | null
}): PricingRefusal | undefined {
  if (rule.from === null || rule.until === null) return undefined
  return Date.parse(rule.from) < Date.parse(rule.until)
    ? undefined
    : wrong('until', 'it is not after from')
}

function faultOfMarket(
  rules: Rules,
  rule: Rule & { kind: 'market' },
  { languages }: Tenant,
): PricingRefusal | undefined {
  const odd = rule.languages.find((language) => !languages.includes(language))
  if (odd !== undefined) return wrong('languages', `the shop does not speak ${odd}`)
  if (new Set(rule.countries).size < rule.countries.length) {
    return wrong('countries', 'one is named twice')
  }
  for (const { rule: other } of live(rules)) {
    if (other.kind !== 'market' || other.code === rule.code) continue
    const both = rule.countries.find((country) => other.countries.includes(country))
    if (both !== undefined) return wrong('countries', `${both} is in the market ${other.code}`)
  }
  return undefined
}

/** Every place is in one zone, so which rates hold never depends on an order. */
function faultOfZone(rules: Rules, rule: Rule & { kind: 'zone' }): PricingRefusal | undefined {
  const own = placesOf(rule)
  if (new Set(own).size < own.length) return wrong('places', 'one is named twice')
  for (const { rule: other } of live(rules)) {
    if (other.kind !== 'zone' || other.code === rule.code) continue
    const theirs = new Set(placesOf(other))
    const both = own.find((place) => theirs.has(place))
    if (both !== undefined) return wrong('places', `${both} is in the zone ${other.code}`)
  }
  return undefined
}

function placesOf({ places }: Rule & { kind: 'zone' }): string[] {
  return places.flatMap(({ country, postalPrefixes }) =>
    postalPrefixes.length === 0
      ? [country]
      : postalPrefixes.map((prefix) => `${country} ${prefix}`),
  )
}

/** Whether a rule may go: nothing else names it. */
export function mayRemove(
  rules: Rules,
  which: Pick<Rule, 'kind' | 'code'>,
  versions?: readonly number[],
): Outcome<null, PricingRefusal> {
  const known = found(rules, which)
  if (known === undefined) {
    return refuse({ code: 'pricing.rule-unknown', rule: nameOf(which) })
  }
  const fresh = isFresh(known, versions)
  if (!fresh.ok) return fresh
  const by = live(rules).find(({ rule }) => names(rule, which))
  if (by === undefined) return accept(null)
  return refuse({ code: 'pricing.rule-used', rule: nameOf(which), by: nameOf(by.rule) })
}

function names(rule: Rule, { kind, code }: Pick<Rule, 'kind' | 'code'>): boolean {
  if (rule.kind === 'special-list') {
    return (kind === 'group' && rule.group === code) || (kind === 'market' && rule.market === code)
  }
  return rule.kind === 'rate' && kind === 'zone' && rule.zone === code
}

/** Equal as they are stored. */
export function isSameRule(one: Rule | undefined, other: Rule): boolean {
  if (one === undefined) return false
  const sorted = (rule: Rule): string =>
    JSON.stringify(Object.entries(rule).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return sorted(one) === sorted(other)
}
