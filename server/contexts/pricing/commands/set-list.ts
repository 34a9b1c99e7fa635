import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { PriceListCommands } from '../contract.ts'
import { allowed, isSame, priceLists } from '../domain/price-list.ts'
import { priceListTable } from '../store/price-lists.ts'
import type { KnownTerms } from '../store/rules.ts'

/** Opens a list, or changes what delivery costs in its currency. */
export function setList(
  { write }: Pick<Platform, 'write'>,
  known: KnownTerms,
): PriceListCommands['setList'] {
  return async (tenant, { currency, delivery }, cause) => {
    const wanted = { currency, delivery }
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { list: stream(priceLists, currency) },
      decide(states) {
        const may = allowed(tenant, wanted)
        if (!may.ok) return may
        if (isSame(states.list.list, wanted)) return accept({ answer: wanted })
        return accept({
          append: { list: [{ type: 'pricing.list-set', ...wanted }] },
          rows: [{ table: priceListTable, verb: 'upsert', row: { ...wanted } }],
          answer: wanted,
        })
      },
    })
    known.forget(tenant.id)
    return outcome
  }
}
