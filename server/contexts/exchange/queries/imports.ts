import type { Platform } from '#platform/context'
import { pageOf, placeOf } from '#platform/keyset'
import { accept, refuse } from '#platform/outcome'

import type { ExchangeRefusal, Imports } from '../contract.ts'
import { faultsAfter, importById, newestImports, presentImport } from '../store/imports.ts'

type Queries = Pick<Imports, 'view' | 'list' | 'faults'>

export function importQueries({ reads }: Pick<Platform, 'reads'>): Queries {
  const view: Imports['view'] = async (tenant, importId) => {
    const [row] = await reads.read(tenant, importById, [tenant, importId])
    if (row !== undefined) return accept(presentImport(row))
    const unknown: ExchangeRefusal = { code: 'exchange.import-unknown', importId }
    return refuse(unknown)
  }
  return {
    view,
    async list(tenant, { limit, after }) {
      const { at, id } = placeOf(after)
      const rows = await reads.read(tenant, newestImports, [tenant, at, id, limit + 1])
      const page = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.id }))
      return { items: page.items.map(presentImport), next: page.next }
    },
    async faults(tenant, importId, { limit, after }) {
      const known = await view(tenant, importId)
      if (!known.ok) return known
      const [line = '-1', n = '-1'] = after?.split('.') ?? []
      const values = [tenant, importId, Number(line), Number(n), limit + 1]
      const rows = await reads.read(tenant, faultsAfter, values)
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      const isMore = rows.length > limit && last !== undefined
      return accept({
        items: items.map((row) => ({
          line: row.line,
          column: row.column_name,
          code: row.code,
          reason: row.reason,
        })),
        next: isMore ? `${last.line}.${last.n}` : null,
      })
    },
  }
}
