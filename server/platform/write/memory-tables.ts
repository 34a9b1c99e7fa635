import type { TenantId } from '../ids.ts'
import type { Refusal } from '../outcome.ts'
import type { Write } from './commit.ts'
import { keyed } from './settle.ts'

type Row = Readonly<Record<string, unknown>>

/** The contexts' own tables in memory; `Write` means here what it means in PostgreSQL. */
export class MemoryTables {
  private tables = new Map<string, ReadonlyMap<string, Row>>()

  rows(table: string): readonly Row[] {
    return [...(this.tables.get(table)?.values() ?? [])]
  }

  copy(): MemoryTables {
    const copied = new MemoryTables()
    copied.become(this)
    return copied
  }

  become(other: MemoryTables): void {
    this.tables = new Map(other.tables)
  }

  /** Applies one write; the refusal when it cannot be. */
  apply(tenant: TenantId, write: Write): Refusal | undefined {
    const { table, verb, row, when, orRefuse } = write
    const rows = new Map(this.tables.get(table.name) ?? [])
    const key = keyed(tenant, ...table.key.map((column) => String(row[column])))
    const found = rows.get(key)

    if (verb === 'insert') {
      const taken =
        found !== undefined ||
        (table.unique ?? []).some((columns) =>
          [...rows].some(
            ([other, existing]) =>
              other.startsWith(keyed(tenant, '')) &&
              columns.every((column) => existing[column] === row[column]),
          ),
        )
      if (taken) return missed(write, orRefuse)
      rows.set(key, { tenant_id: tenant, ...row })
    } else if (verb === 'upsert') {
      rows.set(key, { ...found, tenant_id: tenant, ...row })
    } else {
      const matches =
        found !== undefined &&
        Object.entries(when ?? {}).every(([column, value]) => found[column] === value)
      if (!matches) return orRefuse
      if (verb === 'update') rows.set(key, { ...found, ...row })
      else rows.delete(key)
    }
    this.tables.set(table.name, rows)
    return undefined
  }
}

function missed(write: Write, orRefuse: Refusal | undefined): Refusal {
  if (orRefuse === undefined) throw new Error(`${write.table.name} already has this row`)
  return orRefuse
}
