import type { Platform } from '#platform/context'
import type { Id } from '#platform/ids'

import type { EntryChanges } from '../domain/engine.ts'
import {
  availabilityOf,
  availabilitySince,
  documentsAfter,
  documentsSince,
  entriesOfProducts,
  FIRST_ID,
  horizonOf,
  LOADED,
  originOf,
  PAGE,
  type Since,
} from '../store/documents.ts'

/** What search wrote of each product, as an engine elsewhere follows it. */
export function entryChanges({ reads }: Pick<Platform, 'reads'>): EntryChanges {
  return {
    origin: (tenant) => originOf(reads, tenant),
    horizon: (tenant) => horizonOf(reads, tenant),

    async *since(tenant, transaction) {
      for (const [what, read] of [
        ['entry', documentsSince],
        ['units', availabilitySince],
      ] as const) {
        for (let since: Since | undefined = { transaction, id: FIRST_ID }; since !== undefined;) {
          const rows: readonly { product_id: Id; changed_in: string }[] = await read(
            reads,
            tenant,
            since,
          )
          yield rows.map(({ product_id: id, changed_in: changedIn }) => ({
            id,
            mark: `${what} ${id} ${changedIn}`,
          }))
          const last = rows.at(-1)
          since =
            rows.length < PAGE || last === undefined
              ? undefined
              : { transaction: last.changed_in, id: last.product_id }
        }
      }
    },

    async *everything(tenant) {
      for (let after: Id | undefined = FIRST_ID; after !== undefined;) {
        const rows: readonly { product_id: Id }[] = await documentsAfter(reads, tenant, after)
        yield rows.map(({ product_id: id }) => id)
        after = rows.length < LOADED ? undefined : rows.at(-1)?.product_id
      }
    },

    async now(tenant, ids) {
      const [entries, units] = await Promise.all([
        entriesOfProducts(reads, tenant, ids),
        availabilityOf(reads, tenant, ids),
      ])
      return ids.map((id) => ({
        id,
        entry: entries.get(id)?.value ?? null,
        isAvailable: units.get(id)?.value ?? false,
      }))
    },
  }
}
