import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import type { Instant } from '#platform/clock'
import { accept, refuse } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'
import type { Offer, Offers } from '#context/catalog'

import type { Wished, WishlistCommands, WishlistEvent, WishlistRefusal } from '../contract.ts'
import { add, merge, remove, wishlists } from '../domain/wishlist.ts'
import { wishTable } from '../store/wishes.ts'

type Writing = Pick<Platform, 'write'>

interface Parts extends Writing {
  readonly offers: Offers
}

type Names = Offer['name']

export function addWish({ write, offers }: Parts): WishlistCommands['add'] {
  return async (tenant, userId, wished, cause) => {
    const { productId, sku } = wished
    const sold = await soldAs(offers, tenant, wished)
    if (sold === undefined) return refused({ code: 'wishlists.product-unknown', productId })
    if (sku !== undefined && !sold.skus.includes(sku)) {
      return refused({ code: 'wishlists.sku-unknown', productId, sku })
    }
    const written = await write({
      tenant,
      ...cause,
      streams: { list: stream(wishlists, userId) },
      decide({ list }, at) {
        const added = add(list, wished)
        if (!added.ok) return added
        const names = new Map([[productId, sold.name]])
        return accept({
          append: { list: added.value },
          rows: rowsOf(userId, added.value, names, at),
          answer: null,
        })
      },
    })
    return written.ok ? accept(null) : written
  }
}

/** What is not sold any more cannot come along, and keeps nothing else from it. */
export function mergeWishes({ write, offers }: Parts): WishlistCommands['merge'] {
  return async (tenant, userId, wished, cause) => {
    const looked = await Promise.all(
      wished.map(async (each) => ({ each, sold: await soldAs(offers, tenant, each) })),
    )
    const known = looked.flatMap(({ each, sold }) => {
      if (sold === undefined) return []
      const { productId, sku } = each
      const isSold = sku !== undefined && sold.skus.includes(sku)
      return [{ ...(isSold ? { productId, sku } : { productId }), name: sold.name }]
    })
    const names = new Map(known.map(({ productId, name }) => [productId, name]))
    const gone = looked.flatMap(({ each, sold }) => (sold === undefined ? [each.productId] : []))
    return write({
      tenant,
      ...cause,
      streams: { list: stream(wishlists, userId) },
      decide({ list }, at) {
        const { events, left } = merge(list, known)
        return accept({
          append: { list: events },
          rows: rowsOf(userId, events, names, at),
          answer: { added: events.length, left: [...new Set([...gone, ...left])] },
        })
      },
    })
  }
}

export function removeWish({ write }: Writing): WishlistCommands['remove'] {
  return async (tenant, userId, productId, cause) => {
    const written = await write({
      tenant,
      ...cause,
      streams: { list: stream(wishlists, userId) },
      decide({ list }, at) {
        const removed = remove(list, productId)
        if (!removed.ok) return removed
        return accept({
          append: { list: removed.value },
          rows: rowsOf(userId, removed.value, new Map(), at),
          answer: null,
        })
      },
    })
    return written.ok ? accept(null) : written
  }
}

/** Which SKUs a product is sold as, and what it is called; undefined for what is not sold. */
async function soldAs(
  offers: Offers,
  tenant: TenantId,
  { productId }: Wished,
): Promise<{ readonly skus: readonly string[]; readonly name: Names } | undefined> {
  const skus = await offers.skusOf(tenant, productId)
  const [first] = skus
  if (first === undefined) return undefined
  const offer = (await offers.offers(tenant, [first])).get(first)
  return offer === undefined ? undefined : { skus, name: offer.name }
}

function rowsOf(
  userId: Id,
  events: readonly WishlistEvent[],
  names: ReadonlyMap<Id, Names>,
  at: Instant,
): readonly Write[] {
  return events.map((event, place): Write => {
    const key = { product_id: event.productId, user_id: userId }
    if (event.type === 'wishlists.product-removed') {
      return { table: wishTable, verb: 'delete', row: key }
    }
    // Those that come at once stay in their order.
    const created_at = new Date(at - place).toISOString()
    const name = names.get(event.productId) ?? {}
    return {
      table: wishTable,
      verb: 'upsert',
      row: { ...key, sku: event.sku, name, created_at },
    }
  })
}

function refused(refusal: WishlistRefusal) {
  return refuse(refusal)
}
