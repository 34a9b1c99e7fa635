/** What a request is to the worker: what it may keep of it, and what it does when there is no network. */
export type Kind =
  /** A file with a hash in its name: what is kept is right for ever. */
  | 'file'
  /** The shop's look: its address changes with it. */
  | 'look'
  | 'picture'
  /** A page of a product: kept to be read again. */
  | 'product'
  /** The cart as a page: kept until somebody signs in or out. */
  | 'cart'
  /** What the header shows of the visitor: kept as the cart is. */
  | 'own'
  /** What the router loads instead of a page of a product or of the cart. */
  | 'product-data'
  | 'cart-data'
  /** A page that is read with a network only: an account, a checkout, a list. */
  | 'page'
  /** The cart has changed. */
  | 'cart-change'
  /** Somebody else is here from now on: what was personal goes. */
  | 'person-change'
  /** None of the worker's business. */
  | 'other'

const LANGUAGE = '(?:/[a-z]{2,3})?'
const PRODUCT = new RegExp(`^${LANGUAGE}/p/[^/]+$`)
const CART = new RegExp(`^${LANGUAGE}/cart$`)
const CHANGE = new RegExp(`^${LANGUAGE}/cart(?:/later)?$`)
const PERSON = new RegExp(`^${LANGUAGE}/(?:sign-in|sign-out|register|reset|account/.*)$`)

/** Decides by what is asked alone. */
export function kindOf(
  method: string,
  mode: string,
  { pathname, searchParams }: Pick<URL, 'pathname' | 'searchParams'>,
): Kind {
  const isData = pathname.endsWith('.data')
  const path = isData ? pathname.slice(0, -'.data'.length) : pathname
  if (method === 'POST') {
    if (PERSON.test(path)) return 'person-change'
    return CHANGE.test(path) ? 'cart-change' : 'other'
  }
  if (method !== 'GET') return 'other'
  if (pathname.startsWith('/assets/')) return 'file'
  if (pathname === '/theme.css' && searchParams.has('v')) return 'look'
  if (/^\/media\/[^/]+\/\d+\.\w+$/.test(pathname)) return 'picture'
  if (isData) return kindOfData(path)
  if (mode !== 'navigate') return 'other'
  if (PRODUCT.test(path)) return 'product'
  return CART.test(path) ? 'cart' : 'page'
}

function kindOfData(path: string): Kind {
  if (new RegExp(`^${LANGUAGE}/own$`).test(path)) return 'own'
  if (PRODUCT.test(path)) return 'product-data'
  return CART.test(path) ? 'cart-data' : 'other'
}

/** The prefix of a page's language: empty for the first of the shop, which has none. */
export function prefixOf(pathname: string): string {
  return /^\/(?:uk|ru|en)(?=\/|$)/.exec(pathname)?.[0] ?? ''
}

/** Which of so many, the oldest first, go so that there is room for the newest. */
export function surplus<T>(oldestFirst: readonly T[], most: number): readonly T[] {
  return oldestFirst.slice(0, Math.max(0, oldestFirst.length - most))
}
