import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { readStream, stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'
import type { Users } from '#context/identity'

import type { PricingRefusal, RuleCommands } from '../contract.ts'
import { found, ruleBooks } from '../domain/rules.ts'
import { customers, specialPrices, tiered } from '../domain/specials.ts'
import { customerTable, type KnownGroups } from '../store/customers.ts'
import type { KnownPrices } from '../store/known-prices.ts'
import { specialPriceTable } from '../store/special-prices.ts'

/** All rules of a shop are one stream; it is only looked at here. */
const BOOK = 'shop'

/** Buyers to whom a lower price was shown keep it while its promise lasts. */
export function setSpecial(
  { write }: Pick<Platform, 'write'>,
  offers: Offers,
  prices: Pick<KnownPrices, 'forget'>,
): RuleCommands['setSpecial'] {
  return async (tenant, { list, sku, tiers }, cause) => {
    const known = await offers.offers(tenant.id, [sku])
    const row = { list, sku, tiers }
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: {
        book: readStream(ruleBooks, BOOK),
        price: stream(specialPrices, `${list}/${sku}`),
      },
      decide({ book, price }) {
        const kind = 'special-list' as const
        if (found(book, { kind, code: list }) === undefined) {
          return refused({ code: 'pricing.rule-unknown', rule: `${kind}.${list}` })
        }
        if (!known.has(sku)) return refused({ code: 'pricing.sku-unknown', sku })
        const may = tiered(tiers)
        if (!may.ok) return may
        if (JSON.stringify(price.tiers) === JSON.stringify(tiers)) return accept({ answer: row })
        return accept({
          append: { price: [{ type: 'pricing.special-price-set', ...row }] },
          rows: [{ table: specialPriceTable, verb: 'upsert', row }],
          answer: row,
        })
      },
    })
    prices.forget(tenant.id)
    return outcome
  }
}

export function removeSpecial(
  { write }: Pick<Platform, 'write'>,
  prices: Pick<KnownPrices, 'forget'>,
): RuleCommands['removeSpecial'] {
  return async (tenant, { list, sku }, cause) => {
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { price: stream(specialPrices, `${list}/${sku}`) },
      decide({ price }) {
        if (price.tiers === null) return refused({ code: 'pricing.special-unknown', list, sku })
        return accept({
          append: { price: [{ type: 'pricing.special-price-removed', list, sku }] },
          rows: [{ table: specialPriceTable, verb: 'delete', row: { list, sku } }],
          answer: null,
        })
      },
    })
    prices.forget(tenant.id)
    return outcome
  }
}

/** Who is in no group buys like everybody. */
export function setGroup(
  { write }: Pick<Platform, 'write'>,
  users: Pick<Users, 'find'>,
  groups: KnownGroups,
): RuleCommands['setGroup'] {
  return async (tenant, { userId, group }, cause) => {
    const user = await users.find(tenant.id, userId)
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { book: stream(ruleBooks, BOOK), customer: stream(customers, userId) },
      decide({ book, customer }) {
        if (user === undefined) return refused({ code: 'pricing.customer-unknown', userId })
        const kind = 'group' as const
        if (group !== null && found(book, { kind, code: group }) === undefined) {
          return refused({ code: 'pricing.rule-unknown', rule: `${kind}.${group}` })
        }
        const answer = { userId, group }
        if (customer.group === group) return accept({ answer })
        return accept({
          append: { customer: [{ type: 'pricing.customer-grouped', ...answer }] },
          rows: [
            group === null
              ? { table: customerTable, verb: 'delete', row: { user_id: userId } }
              : {
                  table: customerTable,
                  verb: 'upsert',
                  row: { user_id: userId, customer_group: group },
                },
          ],
          answer,
        })
      },
    })
    groups.forget(tenant.id, userId)
    return outcome
  }
}

function refused(refusal: PricingRefusal) {
  return refuse(refusal)
}
