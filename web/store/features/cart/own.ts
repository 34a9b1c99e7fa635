import type { Route } from './+types/own.ts'
import { apiOf } from '../../lib/api.ts'
import { cartOf, countOf, shownLines } from '../../lib/cart/cart-of.ts'
import type { Own } from '../../lib/cart/own.ts'
import { wishedProducts } from '../../lib/wishes/wishes.ts'
import { visitContext } from '../../visit.ts'

/** What is the visitor's own on pages that are everybody's: asked for by the browser, kept by nobody. */
export async function loader({ context }: Route.LoaderArgs): Promise<Own> {
  const [cart, name, wishes] = await Promise.all([
    cartOf(context),
    nameOf(context),
    wishedProducts(context),
  ])
  if (cart === null) return { cart: null, name, wishes }
  const { version } = cart
  const total = cart.totalNow ?? cart.total
  const ends = cart.lines.flatMap(({ heldUntil }) => heldUntil ?? [])
  const holdUntil = ends.toSorted()[0] ?? null
  const lines = await shownLines(context, cart.lines)
  const shown = { id: cart.id, version, count: countOf(cart), total, lines, holdUntil }
  return { cart: shown, name, wishes }
}

async function nameOf(context: Route.LoaderArgs['context']): Promise<string | null> {
  const { session } = context.get(visitContext)
  if (session.read().accessToken === undefined) return null
  const { data } = await apiOf(context).GET('/api/v1/users/me')
  return data?.username ?? null
}
