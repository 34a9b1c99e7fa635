import type { TenantId } from '../ids.ts'
import type { Refusal } from '../outcome.ts'
import type { Table, Write } from './commit.ts'
import { keyed } from './settle.ts'
import { BadData } from './store.ts'

export type MemoryRow = Readonly<Record<string, unknown>>

/** One row as it was before it was written. */
interface Before {
  readonly table: MemoryTable
  readonly key: string
  readonly row: MemoryRow | undefined
}

/**
 * The contexts' own tables in memory; `Write` means here what it means in PostgreSQL. What was
 * written since `keep` was last called can be taken back, so that a transaction needs no copy.
 */
export class MemoryTables {
  private readonly tables = new Map<string, MemoryTable>()
  private readonly written: Before[] = []

  rows(table: string): readonly MemoryRow[] {
    return [...(this.tables.get(table)?.rows.values() ?? [])]
  }

  /** One row by its key without the tenant. */
  row(table: string, tenant: TenantId, ...key: readonly string[]): MemoryRow | undefined {
    return this.tables.get(table)?.rows.get(keyed(tenant, ...key))
  }

  /** How much was written since `keep`: what `takeBack` takes. */
  get mark(): number {
    return this.written.length
  }

  takeBack(mark = 0): void {
    while (this.written.length > mark) {
      const { table, key, row } = this.written.pop() as Before
      table.put(key, row)
    }
  }

  keep(): void {
    this.written.length = 0
  }

  /**
   * Applies one write; the refusal when it cannot be. Throws `BadData` where a taken key is a bug of
   * whoever writes.
   */
  apply(tenant: TenantId, write: Write): Refusal | undefined {
    const { verb, row, when, orRefuse } = write
    const table = this.table(write.table)
    const key = keyed(tenant, ...write.table.key.map((column) => String(row[column])))
    const found = table.rows.get(key)

    if (verb === 'insert' && found !== undefined) return missed(write)
    if (verb === 'update' || verb === 'delete') {
      if (found === undefined || !holds(found, when)) return orRefuse
    }
    const next = verb === 'delete' ? undefined : { ...found, tenant_id: tenant, ...row }
    if (next !== undefined && table.isTaken(key, next)) return missed(write)
    this.written.push({ table, key, row: found })
    table.put(key, next)
    return undefined
  }

  private table(table: Table): MemoryTable {
    let found = this.tables.get(table.name)
    if (found === undefined) {
      found = new MemoryTable(table.unique ?? [])
      this.tables.set(table.name, found)
    }
    return found
  }
}

/** The rows of one table by key, and the keys of rows by each further unique key. */
class MemoryTable {
  readonly rows = new Map<string, MemoryRow>()
  private readonly uniques: readonly {
    readonly columns: readonly string[]
    readonly keys: Map<string, string>
  }[]

  constructor(uniques: readonly (readonly string[])[]) {
    this.uniques = uniques.map((columns) => ({ columns, keys: new Map() }))
  }

  /** True when another row has one of this row's unique keys. */
  isTaken(key: string, row: MemoryRow): boolean {
    return this.uniques.some(({ columns, keys }) => {
      const taken = keys.get(uniqueKey(columns, row) ?? '')
      return taken !== undefined && taken !== key
    })
  }

  put(key: string, row: MemoryRow | undefined): void {
    const before = this.rows.get(key)
    for (const { columns, keys } of this.uniques) {
      const old = before === undefined ? undefined : uniqueKey(columns, before)
      if (old !== undefined) keys.delete(old)
      const name = row === undefined ? undefined : uniqueKey(columns, row)
      if (name !== undefined) keys.set(name, key)
    }
    if (row === undefined) this.rows.delete(key)
    else this.rows.set(key, row)
  }
}

/** As SQL has it, what is null is equal to nothing. */
function uniqueKey(columns: readonly string[], row: MemoryRow): string | undefined {
  const values = columns.map((column) => row[column] ?? null)
  return values.includes(null)
    ? undefined
    : keyed(row['tenant_id'] as TenantId, ...values.map(String))
}

function holds(row: MemoryRow, when: Write['when'] = {}): boolean {
  return Object.entries(when).every(([column, value]) => (row[column] ?? null) === (value ?? null))
}

function missed({ table, orRefuse }: Write): Refusal {
  if (orRefuse === undefined) throw new BadData(`${table.name} has this row already`)
  return orRefuse
}
