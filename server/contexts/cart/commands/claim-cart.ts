import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { NEWEST } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse, type Outcome, type Refusal } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { newStream, stream, type Decision, type StreamOf } from '#platform/write/commit'
import type { ShopStock, Stock, StockRefusal } from '#context/inventory'
import type { Pricing } from '#context/pricing'

import type { Cart, CartCommands, CartEvent, CartRefusal, ClaimAnswer } from '../contract.ts'
import { carts, expiresAt, isOf, MOST_PARTS, usable } from '../domain/cart.ts'
import { capOf, merge } from '../domain/merge.ts'
import { ended, opened, openCartsOf } from '../store/open-carts.ts'
import { noExpiry } from './expire-cart.ts'

/** Every part of a line may turn out to be short once, and the carts may change under our eyes now and then. */
const TRIES = MOST_PARTS + 5

/** So many open carts of a user are looked at to find one that takes the lines. */
const LOOKED_AT = 5

type Streams = {
  readonly guest: StreamOf<Cart, CartEvent>
  readonly mine: StreamOf<Cart, CartEvent>
}

interface Claim {
  readonly tenant: Tenant
  readonly userId: Id
  readonly cartId: Id
  /** The user's cart that takes the lines; null when the guest's becomes the user's. */
  readonly mineId: Id | null
  readonly shelves: ShopStock
  readonly promisedUntil: Pricing['promisedUntil']
  readonly caps: ReadonlyMap<string, number>
}

/**
 * What is free is known under the lock only, so a line that is short is refused there with what is
 * free, and the claim is decided anew with that as its cap.
 */
export function claimCart(
  { write, reads, clock, ids }: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  { stock, pricing }: { readonly stock: Stock; readonly pricing: Pricing },
): CartCommands['claim'] {
  return async (tenant, userId, cartId, cause) => {
    const shelves = await stock.of(tenant.id)
    const caps = new Map<string, number>()
    for (let tries = 1; ; tries += 1) {
      const mineId = await targetOf({ reads, clock }, tenant.id, userId, cartId)
      const { promisedUntil } = pricing
      const claim = { tenant, userId, cartId, mineId, shelves, promisedUntil, caps }
      const outcome = await write({
        tenant: tenant.id,
        ...cause,
        streams: {
          guest: stream(carts, cartId),
          // Without a cart to merge into there is one that nobody ever writes to.
          mine: mineId === null ? newStream(carts, ids.next()) : stream(carts, mineId),
        },
        decide: (states, at) => decide(claim, states, at),
      })
      if (outcome.ok || tries >= TRIES || !mayTryAgain(outcome.refusal, caps)) return outcome
    }
  }
}

type Short = Extract<StockRefusal, { code: 'inventory.not-enough' }>

/** Notes what was found to be free; false when another try would end the same. */
function mayTryAgain(refusal: Refusal, caps: Map<string, number>): boolean {
  if (refusal.code === 'cart.version-stale') return true
  if (refusal.code !== 'inventory.not-enough') return false
  const { sku, wanted, free = 0, bundle } = refusal as Refusal & Short
  caps.set(capOf(sku, bundle), Math.min(free, wanted - 1))
  return true
}

function decide(
  { tenant, userId, cartId, mineId, shelves, promisedUntil, caps }: Claim,
  { guest, mine }: { readonly guest: Cart; readonly mine: Cart },
  at: number,
): Outcome<Decision<Streams, ClaimAnswer>> {
  const isMine = guest.userId === userId
  if (isMine && guest.status === 'merged') {
    const into = guest.mergedInto ?? cartId
    const stale: CartRefusal = { code: 'cart.version-stale', version: guest.version }
    if (mineId !== into) return refuse(stale)
    return accept({ answer: { cartId: into, version: mine.version, left: [] } })
  }
  const open = usable(guest, cartId, { userId, at })
  if (!open.ok) return open
  if (isMine) return accept({ answer: { cartId, version: guest.version, left: [] } })
  if (mineId === null) {
    return accept({
      append: { guest: [{ type: 'cart.claimed', userId }] },
      rows: [opened(cartId, userId, guest.currency, at)],
      answer: { cartId, version: guest.version + 1, left: [] },
    })
  }
  const taking = usable(mine, mineId, { userId, at })
  if (!taking.ok) return refuse({ code: 'cart.version-stale', version: mine.version } as const)

  const { lines, left } = merge(guest, mine, { mineId, at, promisedUntil, caps })
  const others = mine.lines.filter(({ sku }) => !lines.some((line) => line.sku === sku))
  const forSeconds = tenant.holdMinutes * 60
  return accept({
    append: {
      guest: [{ type: 'cart.merged', into: mineId, userId }],
      mine: lines.map((line) => ({ type: 'cart.line-set' as const, ...line })),
    },
    // The guest's units are free for a moment that nobody else can see.
    transfers: [
      ...guest.lines.flatMap(shelves.release),
      ...lines.flatMap((line) => {
        const before = mine.lines.find((each) => each.sku === line.sku)
        return shelves.hold({ ...line, before, isNew: before === undefined, forSeconds })
      }),
      ...others.flatMap((each) => shelves.slide(each, forSeconds)),
    ],
    rows: ended(cartId, guest.userId),
    timers: [noExpiry(cartId)],
    answer: { cartId: mineId, version: mine.version + lines.length, left },
  })
}

/** The user's newest open cart in the currency of this one, or where its lines went before. */
async function targetOf(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  tenant: TenantId,
  userId: Id,
  cartId: Id,
): Promise<Id | null> {
  const [{ state: guest }, rows] = await Promise.all([
    see(reads, tenant, stream(carts, cartId)),
    openCartsOf(reads, tenant, userId, NEWEST, LOOKED_AT),
  ])
  if (guest.mergedInto !== null) return guest.mergedInto
  const same = rows.filter((row) => row.currency === guest.currency && row.cart_id !== cartId)
  for (const { cart_id: id } of same) {
    const { state: mine } = await see(reads, tenant, stream(carts, id))
    if (isOf(mine, userId) && mine.status === 'open' && expiresAt(mine) > clock.now()) return id
  }
  return null
}
