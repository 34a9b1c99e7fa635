import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import { balancesOf, movementsOf, type Movement } from '#platform/ledger/reads'
import { accept, refuse } from '#platform/outcome'
import type { Offers } from '#context/catalog'

import { BACKORDER, IN_TRANSIT, isOnHand, onHand, warehouseOf } from '../accounts.ts'
import type { StockRefusal, Warehouse } from '../contract.ts'
import type { MovementKind, MovementView, PlacedMovement, StockQueries } from '../contract/desk.ts'
import { holderOf } from '../domain/holder.ts'

const reasons = statement<{ cause: string; reason: string | null }>(
  'inventory.reasons',
  `select cause, coalesce(data ->> 'reason', data ->> 'supplierRef') as reason
   from platform.events
   where tenant_id = $1 and stream = $2 and cause = any($3) and data ->> 'warehouse' = $4`,
)

/**
 * Answers "why is it 47?" for one warehouse: the ledger's lines with what was on hand after each,
 * and the reason a person gave. The cursor carries the balance, so a page costs a page.
 */
export function stockMovements(
  reads: Reads,
  offers: Offers,
  warehousesOf: (tenant: TenantId) => Promise<readonly Warehouse[]>,
): StockQueries['movementsOf'] {
  return async (tenant, { sku, warehouse, limit, after }) => {
    const unknown: StockRefusal = { code: 'inventory.unknown-sku', sku }
    if (!(await offers.offers(tenant, [sku])).has(sku)) return refuse(unknown)
    const known = await warehousesOf(tenant)
    const place = known.find(({ code, isMain }) =>
      warehouse === undefined ? isMain : code === warehouse,
    )
    if (place === undefined) {
      const where: StockRefusal = {
        code: 'inventory.unknown-warehouse',
        warehouse: warehouse ?? 'main',
      }
      return refuse(where)
    }

    const account = onHand(place.code, sku)
    const cursor = parseCursor(after)
    const found = await movementsOf(reads, tenant, account, cursor?.position, limit + 1)
    // Read after the movements: what came in between is newer than the page and is taken off below.
    let balance = cursor?.balance ?? (await balanceAt(reads, tenant, account, found))
    const page = found.slice(0, limit)
    const given = new Map(
      (
        await reads.read(tenant, reasons, [
          tenant,
          `stock/${sku}`,
          page.map(({ cause }) => cause),
          place.code,
        ])
      ).map(({ cause, reason }) => [cause, reason]),
    )
    const items = page.map((movement) => {
      const item = view(movement, account.name, balance, given.get(movement.cause) ?? null)
      balance -= item.change
      return item
    })
    const last = page.at(-1)
    const next = found.length > limit && last !== undefined ? `${last.position}.${balance}` : null
    return accept({ items, next })
  }
}

async function balanceAt(
  reads: Reads,
  tenant: TenantId,
  account: { name: string; unit: string },
  found: readonly Movement[],
): Promise<number> {
  const [balances, newer] = await Promise.all([
    balancesOf(reads, tenant, [account.unit], account.name),
    movementsOf(reads, tenant, account, undefined, 1000),
  ])
  const posted = balances.find(({ name }) => name === account.name)?.posted ?? 0
  const newest = BigInt(found[0]?.position ?? 0)
  return newer
    .filter(({ position }) => BigInt(position) > newest)
    .reduce((now, movement) => now - changeOf(movement, account.name), posted)
}

function changeOf({ verb, from, amount }: Movement, account: string): number {
  if (verb !== 'move' && verb !== 'post') return 0
  return from === account ? -amount : amount
}

const OF_WORLD: Readonly<Record<string, MovementKind>> = {
  'world/suppliers': 'received',
  'world/sold': 'sold',
  'world/counted': 'counted',
  'world/corrected': 'corrected',
}

const OF_HOLD: Readonly<Record<string, MovementKind>> = {
  hold: 'held',
  release: 'released',
  lapse: 'lapsed',
}

function kindOf({ verb, from, to }: Movement, account: string): MovementKind {
  if (from === to) return OF_HOLD[verb] ?? 'corrected'
  const other = from === account ? to : from
  if (other.startsWith(IN_TRANSIT)) return from === account ? 'sent' : 'arrived'
  const isBack = to === account && (other === BACKORDER || other === 'world/sold')
  if (isBack) return 'returned'
  return other === BACKORDER ? 'owed' : (OF_WORLD[other] ?? 'corrected')
}

/** Movements of several warehouses, each with its place. */
export function placedMovements(movements: readonly Movement[]): readonly PlacedMovement[] {
  return movements.map((movement) => {
    const account = isOnHand(movement.from) ? movement.from : movement.to
    const { after: _, reason: __, ...seen } = view(movement, account, 0, null)
    return { ...seen, warehouse: warehouseOf(account) }
  })
}

function view(
  movement: Movement,
  account: string,
  after: number,
  reason: string | null,
): MovementView {
  const { amount, at, hold, cause } = movement
  return {
    at: new Date(at).toISOString(),
    what: kindOf(movement, account),
    change: changeOf(movement, account),
    quantity: amount,
    after,
    reason,
    holder: hold === null ? null : holderOf(hold),
    cause,
  }
}

function parseCursor(after: string | undefined): { position: string; balance: number } | undefined {
  const [, position, balance] = /^(\d{1,18})\.(\d{1,15})$/.exec(after ?? '') ?? []
  return position === undefined ? undefined : { position, balance: Number(balance) }
}
