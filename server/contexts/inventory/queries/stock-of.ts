import type { Platform } from '#platform/context'
import type { Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'
import {
  balancesAt,
  balancesOf,
  holdsAt,
  holdsOf,
  movementsOfUnit,
  postsFrom,
  type SeenBalance,
} from '#platform/ledger/reads'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { BACKORDER, IN_TRANSIT, isOnHand, ON_HAND, warehouseOf } from '../accounts.ts'
import type { Holder, Level, StockLevels, StockRefusal } from '../contract.ts'
import type { BackorderView, OwedView, StockQueries } from '../contract/desk.ts'
import { holderOf } from '../domain/holder.ts'
import { owedOf } from '../domain/owing.ts'
import { stock, type StockState } from '../domain/stock.ts'
import { placedMovements } from './movements-of.ts'

const HOLDS_SHOWN = 100
const OWED_SHOWN = 100
const WHY_SHOWN = 20

type Needs = Pick<Platform, 'reads' | 'clock'>

/**
 * What, where, who and why: from the accounts as they are, or, for an instant, from every transfer
 * until then. Any SKU that ever was on a shelf has an answer, whatever became of its product.
 */
export function stockOf(
  { reads, clock }: Needs,
  { offers, levels }: { readonly offers: Offers; readonly levels: StockLevels },
): StockQueries['stockOf'] {
  return async (tenant, sku, asOf) => {
    // As of now is whatever has been written; the clock may be a millisecond behind it.
    const at = asOf === undefined ? undefined : Math.min(asOf, clock.now())
    const [balances, holds, why, seen, known] = await Promise.all([
      at === undefined ? balancesOf(reads, tenant, [sku], '') : balancesAt(reads, tenant, sku, at),
      at === undefined ? holdersNow(reads, tenant, sku) : holdersAt(reads, tenant, sku, at),
      movementsOfUnit(reads, tenant, { unit: sku, prefix: ON_HAND, at }, WHY_SHOWN),
      see(reads, tenant, stream(stock, sku), at),
      offers.offers(tenant, [sku]),
    ])
    const unknown: StockRefusal = { code: 'inventory.unknown-sku', sku }
    const offer = known.get(sku)
    if (offer === undefined && balances.length === 0) return refuse(unknown)

    const components = offer?.components ?? []
    const isBundle = components.length > 0
    const made =
      isBundle && at === undefined ? ((await levels.freeUnits(tenant, [sku])).get(sku) ?? 0) : null
    const warehouses = balances.filter(({ name }) => isOnHand(name)).map(levelOf)
    const inTransit = balances
      .filter(({ name, posted }) => name.startsWith(IN_TRANSIT) && posted > 0)
      .map(({ name, posted }) => ({
        transferId: name.slice(IN_TRANSIT.length),
        quantity: posted,
      }))
    const promise = balances.find(({ name }) => name === BACKORDER)
    const ahead =
      promise === undefined
        ? { backorder: null, owed: [] }
        : await aheadOf(reads, tenant, sku, { promise, rules: seen.state, at })
    return accept({
      sku,
      at: at === undefined ? null : new Date(at).toISOString(),
      stock: isBundle ? made : warehouses.reduce((all, { free }) => all + free, 0),
      components,
      warehouses,
      inTransit,
      ...ahead,
      holds,
      why: placedMovements(why),
    })
  }
}

function levelOf({ name, posted, held }: SeenBalance): Level {
  return { warehouse: warehouseOf(name), onHand: posted, held, free: posted - held }
}

async function holdersNow(
  reads: Needs['reads'],
  tenant: TenantId,
  sku: string,
): Promise<readonly Holder[]> {
  const holds = await holdsOf(reads, tenant, sku, HOLDS_SHOWN)
  return holds.map(({ id, account, amount, until }) => ({
    holder: holderOf(id),
    warehouse: placeOf(account.name),
    quantity: amount,
    until: new Date(until).toISOString(),
  }))
}

async function holdersAt(
  reads: Needs['reads'],
  tenant: TenantId,
  sku: string,
  at: Instant,
): Promise<readonly Holder[]> {
  const holds = await holdsAt(reads, tenant, sku, at, HOLDS_SHOWN)
  return holds.map(({ id, account, amount }) => ({
    holder: holderOf(id),
    warehouse: placeOf(account.name),
    quantity: amount,
    until: null,
  }))
}

/** A warehouse, or `backorder` for units that are not there yet. */
function placeOf(account: string): string {
  return isOnHand(account) ? warehouseOf(account) : account
}

interface Ahead {
  readonly promise: SeenBalance
  readonly rules: StockState
  readonly at: Instant | undefined
}

async function aheadOf(
  reads: Needs['reads'],
  tenant: TenantId,
  sku: string,
  { promise, rules, at }: Ahead,
): Promise<{ readonly backorder: BackorderView; readonly owed: readonly OwedView[] }> {
  const { posted, held } = promise
  const { limit, availableFrom, filled } = rules
  const account = { name: BACKORDER, unit: sku }
  const sales = await postsFrom(reads, tenant, account, { at, skipped: filled }, OWED_SHOWN)
  const [first] = sales
  const waiting = owedOf(
    sales.map(({ hold, at: soldAt, amount }) => ({ hold, at: soldAt, quantity: amount })),
    filled - (first?.before ?? filled),
  )
  return {
    backorder: {
      limit,
      availableFrom,
      free: posted - held,
      held,
      owed: limit - posted,
    },
    owed: waiting.map((each) => ({
      holder: holderOf(each.hold),
      at: new Date(each.at).toISOString(),
      quantity: each.quantity,
      filled: each.filled,
    })),
  }
}
