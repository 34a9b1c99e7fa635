import Type from 'typebox'

import { route, shown, type Access, type Route } from '#platform/http/route'
import { nullableText } from '#platform/http/schemas'
import { accept, refuse } from '#platform/outcome'

import type { PricingRefusal, Rule, RuleCommands, RuleKind, RuleQueries } from '../contract.ts'
import { versionsOf } from './if-match.ts'
import {
  code,
  kind,
  pageSize,
  ruleBody,
  ruleName,
  ruleView,
  sku,
  special,
  tiers,
} from './rule-schemas.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

const IF_MATCH = {
  'If-Match':
    'The `version` of the rule, quoted: refused as stale if it has changed. `"0"`: only if it is new.',
}

export function ruleRoutes(commands: RuleCommands, queries: RuleQueries): readonly Route[] {
  return [...rules(commands, queries), ...specials(commands, queries), ...groups(commands, queries)]
}

function rules(commands: RuleCommands, queries: RuleQueries): Route[] {
  return [
    route({
      id: 'listPriceRules',
      method: 'GET',
      path: '/api/v1/price-rules',
      tag: 'pricing',
      summary: 'Rules that prices and taxes follow, by kind and code',
      description:
        'Customer groups, markets, special lists, tax zones, tax rates, and the rule about tax.',
      access: STAFF,
      query: Type.Object({
        limit: pageSize,
        after: Type.Optional(ruleName),
        kind: Type.Optional(kind),
      }),
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(ruleView), next: nullableText }),
      },
      handle: async ({ tenant, query: { limit = 20, ...query } }) =>
        accept({ body: await queries.rules(tenant.id, { ...query, limit }) }),
    }),
    route({
      id: 'setPriceRule',
      method: 'PUT',
      path: '/api/v1/price-rules/{rule}',
      tag: 'pricing',
      summary:
        'Set a customer group, a market, a special list, a tax zone, a tax rate, or how tax is dealt with',
      description:
        'Holds for what is priced two seconds later at most; orders keep what they were made with. ' +
        'The rule about tax has the code `shop`; without it no tax is computed.',
      access: STAFF,
      headers: IF_MATCH,
      params: Type.Object({ rule: ruleName }),
      body: ruleBody,
      answer: { status: 200, body: ruleView },
      refusals: [
        'pricing.rule-wrong',
        'pricing.rule-unknown',
        'pricing.rules-full',
        'pricing.version-stale',
        'pricing.list-unknown',
      ],
      async handle({ tenant, params, body, header, cause }) {
        const named = referenceOf(params.rule)
        const wrong: PricingRefusal = {
          code: 'pricing.rule-wrong',
          field: 'kind',
          reason: `the address says ${named.kind}`,
        }
        if (body.kind !== named.kind) return refuse(wrong)
        const rule = { ...body, code: named.code }
        const versions = versionsOf(header('if-match'))
        const outcome = await commands.setRule(tenant, rule, cause, versions)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
    route({
      id: 'removePriceRule',
      method: 'DELETE',
      path: '/api/v1/price-rules/{rule}',
      tag: 'pricing',
      summary: 'Remove a rule that nothing else names',
      description: 'The code of a special list is not used again.',
      access: STAFF,
      headers: IF_MATCH,
      params: Type.Object({ rule: ruleName }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['pricing.rule-unknown', 'pricing.rule-used', 'pricing.version-stale'],
      async handle({ tenant, params, header, cause }) {
        const versions = versionsOf(header('if-match'))
        const outcome = await commands.removeRule(tenant, referenceOf(params.rule), cause, versions)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}

/** The schema has checked that it is one of the kinds. */
function referenceOf(name: string): Pick<Rule, 'kind' | 'code'> {
  const dot = name.indexOf('.')
  return { kind: name.slice(0, dot) as RuleKind, code: name.slice(dot + 1) }
}

function specials(commands: RuleCommands, queries: RuleQueries): Route[] {
  return [
    route({
      id: 'listSpecialPrices',
      method: 'GET',
      path: '/api/v1/special-prices/{list}',
      tag: 'pricing',
      summary: 'The prices of a special list, by SKU',
      access: STAFF,
      params: Type.Object({ list: code }),
      query: Type.Object({ limit: pageSize, after: Type.Optional(sku) }),
      answer: {
        status: 200,
        body: Type.Object({ items: Type.Array(special), next: nullableText }),
      },
      refusals: ['pricing.rule-unknown'],
      async handle({ tenant, params, query: { limit = 20, ...query } }) {
        return shown(await queries.specials(tenant, { ...params, ...query, limit }))
      },
    }),
    route({
      id: 'setSpecialPrice',
      method: 'PUT',
      path: '/api/v1/special-prices/{list}/{sku}',
      tag: 'pricing',
      summary: 'Set what a SKU costs on a special list, from so many units on',
      description:
        'Each tier begins later than the one before and costs less. Of several lists that hold, the ' +
        'most specific counts: for a group, then for a market, then for a time.',
      access: STAFF,
      params: Type.Object({ list: code, sku }),
      body: Type.Object({ tiers }),
      answer: { status: 200, body: special },
      refusals: ['pricing.rule-unknown', 'pricing.sku-unknown', 'pricing.tiers-wrong'],
      async handle({ tenant, params, body, cause }) {
        const outcome = await commands.setSpecial(tenant, { ...params, ...body }, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
    route({
      id: 'removeSpecialPrice',
      method: 'DELETE',
      path: '/api/v1/special-prices/{list}/{sku}',
      tag: 'pricing',
      summary: 'Take a SKU off a special list',
      access: STAFF,
      params: Type.Object({ list: code, sku }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['pricing.special-unknown'],
      async handle({ tenant, params, cause }) {
        const outcome = await commands.removeSpecial(tenant, params, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}

function groups(commands: RuleCommands, queries: RuleQueries): Route[] {
  const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
  const group = Type.Union([code, Type.Null()], { description: 'Null: of no group.' })
  const member = Type.Object({ userId: Type.String(), group: nullableText })
  return [
    route({
      id: 'getPriceGroup',
      method: 'GET',
      path: '/api/v1/users/{id}/price-group',
      tag: 'pricing',
      summary: 'The group a customer buys in',
      access: STAFF,
      params,
      answer: { status: 200, body: member },
      refusals: ['pricing.customer-unknown'],
      async handle({ tenant, params: { id } }) {
        return shown(await queries.memberOf(tenant.id, id))
      },
    }),
    route({
      id: 'setPriceGroup',
      method: 'PUT',
      path: '/api/v1/users/{id}/price-group',
      tag: 'pricing',
      summary: 'Let a customer buy at the prices of a group',
      access: STAFF,
      params,
      body: Type.Object({ group }),
      answer: { status: 200, body: member },
      refusals: ['pricing.customer-unknown', 'pricing.rule-unknown'],
      async handle({ tenant, params: { id: userId }, body, cause }) {
        const outcome = await commands.setGroup(tenant, { userId, ...body }, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
  ]
}
