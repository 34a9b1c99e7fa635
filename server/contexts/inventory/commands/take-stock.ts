import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { balancesOf, holdsOf } from '#platform/ledger/reads'
import { see } from '#platform/log/streams'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { newStream, stream, type StreamOf, type Write } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { onHand } from '../accounts.ts'
import type { StockEvent, StockRefusal } from '../contract.ts'
import type { StockTakeLine, StockTakes } from '../contract/desk.ts'
import { holderOf } from '../domain/holder.ts'
import { stock, type StockState } from '../domain/stock.ts'
import {
  booking,
  countOf,
  lineOf,
  MOST_LINES,
  notOpen,
  stockTakes,
  type StockTake,
} from '../domain/taking.ts'
import type { KnownShelves } from '../store/shelves.ts'
import { stockTakeRows } from '../store/stock-takes.ts'
import { notOnShelves } from './on-shelves.ts'

type Changes = Pick<StockTakes, 'open' | 'count' | 'close'>
type Needs = Pick<Platform, 'write' | 'reads' | 'ids'>

const HOLDERS_SHOWN = 100

export function takeStock(platform: Needs, offers: Offers, shelves: KnownShelves): Changes {
  return {
    open: open(platform, shelves),
    count: count(platform, offers),
    close: close(platform),
  }
}

function open({ write, ids }: Needs, shelves: KnownShelves): Changes['open'] {
  return async (tenant, warehouse, cause) => {
    const unknown: StockRefusal = { code: 'inventory.unknown-warehouse', warehouse }
    if (!(await shelves.of(tenant)).warehouses.includes(warehouse)) return refuse(unknown)
    const taken: StockRefusal = { code: 'inventory.stock-take-open', warehouse }
    const id = ids.next()
    return write({
      tenant,
      ...cause,
      streams: { take: newStream(stockTakes, id) },
      decide(_, at) {
        const now = new Date(at).toISOString()
        const row = { id, warehouse, status: 'open', created_at: now, changed_at: now }
        return accept({
          append: { take: [{ type: 'inventory.stock-take-opened', warehouse }] },
          rows: [{ table: stockTakeRows.table, verb: 'insert', row, orRefuse: taken }],
          answer: { id },
        })
      },
    })
  }
}

function count({ write, reads }: Needs, offers: Offers): Changes['count'] {
  return async (tenant, { id, sku, quantity }, cause) => {
    const wrong = await notOnShelves(offers, tenant, [sku])
    if (wrong !== undefined) return refuse(wrong)
    const { state } = await see(reads, tenant, stream(stockTakes, id))
    const { name } = onHand(state.warehouse, sku)
    const found = await balancesOf(reads, tenant, [sku], name)
    const expected = found.find((each) => each.name === name)?.posted ?? 0
    return write({
      tenant,
      ...cause,
      streams: { take: stream(stockTakes, id) },
      decide({ take }) {
        const over = notOpen(take, id)
        if (over !== undefined) return refuse(over)
        const isFull =
          take.lines.length >= MOST_LINES && !take.lines.some((line) => line.sku === sku)
        const full: StockRefusal = { code: 'inventory.stock-take-full', limit: MOST_LINES }
        if (isFull) return refuse(full)
        return accept({
          append: {
            take: [{ type: 'inventory.stock-take-counted', sku, quantity, expected }],
          },
          answer: lineOf(sku, expected, quantity),
        })
      },
    })
  }
}

function close({ write, reads }: Needs): Changes['close'] {
  return async (tenant, id, how, cause) => {
    const { state } = await see(reads, tenant, stream(stockTakes, id))
    const outcome = await write({
      tenant,
      ...cause,
      streams: { take: stream(stockTakes, id), ...shelvesOf(state.lines) },
      decide({ take, ...counted }: { take: StockTake } & Record<string, unknown>, at) {
        const over = notOpen(take, id)
        if (over !== undefined) return refuse(over)
        const status = how === 'book' ? ('closed' as const) : ('abandoned' as const)
        const lines = how === 'book' ? take.lines.filter(({ variance }) => variance !== 0) : []
        // A line that was counted just now has no stream here; its units are booked all the same.
        const reasons = lines
          .filter(({ sku }) => `${STOCK}${sku}` in counted)
          .map((line) => [`${STOCK}${line.sku}`, [countOf(take, line)]] as const)
        return accept({
          append: {
            take: [{ type: `inventory.stock-take-${status}` as const }],
            ...Object.fromEntries(reasons),
          },
          transfers: how === 'book' ? booking(take) : [],
          rows: [changed(id, status, at)],
          answer: { id, status },
        })
      },
    })
    return outcome.ok ? outcome : await withHolders(reads, tenant, outcome)
  }
}

const STOCK = 'stock/'

function shelvesOf(
  lines: readonly StockTakeLine[],
): Record<string, StreamOf<StockState, StockEvent>> {
  return Object.fromEntries(
    lines
      .filter(({ variance }) => variance !== 0)
      .map(({ sku }) => [`${STOCK}${sku}`, stream(stock, sku)]),
  )
}

function changed(id: string, status: string, at: number): Write {
  const row = { id, status, changed_at: new Date(at).toISOString() }
  return { table: stockTakeRows.table, verb: 'update', row }
}

/** Who stands in the way of a count: found after the refusal, so it may be a moment newer. */
export async function withHolders<T>(
  reads: Platform['reads'],
  tenant: TenantId,
  outcome: Outcome<T> & { readonly ok: false },
): Promise<Outcome<T>> {
  const refusal = outcome.refusal as StockRefusal
  if (refusal.code !== 'inventory.held') return outcome
  const { sku, warehouse } = refusal
  const { name } = onHand(warehouse, sku)
  const [holds, balances] = await Promise.all([
    holdsOf(reads, tenant, sku, HOLDERS_SHOWN),
    balancesOf(reads, tenant, [sku], name),
  ])
  const held = refusal.held ?? balances.find((each) => each.name === name)?.held ?? 0
  const holders = holds
    .filter(({ account }) => account.name === name)
    .map(({ id, amount, until }) => ({
      holder: holderOf(id),
      quantity: amount,
      until: new Date(until).toISOString(),
    }))
  const told: StockRefusal = { ...refusal, held, holders }
  return refuse(told)
}
