import type { RouterContextProvider } from 'react-router'

import { visitContext } from '../../visit.ts'
import { apiOf } from '../api.ts'
import { textIn } from '../form.ts'
import { problemOf } from '../problem.ts'
import { read, withoutWish, withWish, type Wished } from './guests.ts'

type Context = Readonly<RouterContextProvider>

/** Why a wish could not be kept; the page says it in words. */
export type WishFault = 'full' | 'full-of-guest' | 'unknown' | 'unavailable'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Products on the wishlist of whoever came: for hearts. */
export async function wishedProducts(context: Context): Promise<readonly string[]> {
  const { session } = context.get(visitContext)
  const { accessToken, wishes = [] } = session.read()
  if (accessToken === undefined) return wishes.map((each) => read(each).productId)
  const { data } = await apiOf(context).GET('/api/v1/users/me/wished-products')
  return data?.productIds ?? []
}

/**
 * Adds or takes away, as a heart asks: `product` is an id, or an id and a SKU, which may be a field `sku` as well.
 * Undefined when it was done.
 */
export async function changeWishes(
  context: Context,
  form: FormData,
): Promise<WishFault | undefined> {
  const [, productId = '', beside = ''] = /^(\S*) ?(.*)$/.exec(textIn(form, 'product')) ?? []
  const sku = beside === '' ? textIn(form, 'sku') : beside
  if (!ID.test(productId)) return 'unknown'
  if (textIn(form, 'intent') === 'remove') return removeWish(context, productId)
  return addWish(context, sku === '' ? { productId } : { productId, sku })
}

async function addWish(context: Context, wish: Wished): Promise<WishFault | undefined> {
  const { session } = context.get(visitContext)
  if (session.read().accessToken === undefined) {
    const wishes = withWish(session.read().wishes ?? [], wish)
    if (wishes === undefined) return 'full-of-guest'
    session.write({ ...session.read(), wishes })
    return undefined
  }
  const { productId, sku } = wish
  const { error, response } = await apiOf(context).PUT('/api/v1/users/me/wishes/{productId}', {
    params: { path: { productId } },
    body: sku === undefined ? {} : { sku },
  })
  if (response.ok) return undefined
  // As at sign-in: a product is kept even where its variant is gone.
  const isVariantGone = problemOf(error).code === 'wishlists.sku-unknown'
  return isVariantGone ? addWish(context, { productId }) : faultOf(error)
}

/** What is not there any more is as good as removed. */
export async function removeWish(
  context: Context,
  productId: string,
): Promise<WishFault | undefined> {
  const { session } = context.get(visitContext)
  const { accessToken, wishes = [] } = session.read()
  if (accessToken === undefined) {
    session.write({ ...session.read(), wishes: withoutWish(wishes, productId) })
    return undefined
  }
  const { error, response } = await apiOf(context).DELETE('/api/v1/users/me/wishes/{productId}', {
    params: { path: { productId } },
  })
  return response.ok || problemOf(error).code === 'wishlists.unknown' ? undefined : faultOf(error)
}

/** At sign-in: what a guest wished for comes along; where that fails it stays until the next time. */
export async function mergeWishes(context: Context): Promise<void> {
  const { session } = context.get(visitContext)
  const { wishes = [] } = session.read()
  if (wishes.length === 0) return
  const { response } = await apiOf(context).POST('/api/v1/users/me/wishes', {
    // The newest stays the newest.
    body: { items: wishes.map(read).toReversed() },
  })
  if (!response.ok) return
  const { wishes: _, ...rest } = session.read()
  session.write(rest)
}

function faultOf(error: unknown): WishFault {
  const { code } = problemOf(error)
  if (code === 'wishlists.full') return 'full'
  return code === 'wishlists.product-unknown' ? 'unknown' : 'unavailable'
}
