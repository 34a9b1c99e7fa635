/**
 * Every address of the storefront. The shop's first language has no prefix, so that what is linked most
 * is shortest; the sitemap and the feeds say the same (`server/contexts/seo/domain/addresses.ts`).
 */
export function pathsFor(language: string, first: string): Paths {
  const key = `${language} ${first}`
  const paths = known.get(key) ?? made(language, first)
  known.set(key, paths)
  return paths
}

/** As many as there are pairs of languages: links of a page ask for it a hundred times. */
const known = new Map<string, Paths>()

function made(language: string, first: string) {
  const at = (path: string): string => (language === first ? path : `/${language}${path}`)
  const slug = encodeURIComponent
  return {
    home: () => at('/'),
    category: (category: string) => at(`/c/${slug(category)}`),
    brand: (brand: string) => at(`/b/${slug(brand)}`),
    product: (product: string) => at(`/p/${slug(product)}`),
    /** Where one writes a review of a product, or asks about it. */
    write: (product: string, what: 'review' | 'question') =>
      at(`/p/${slug(product)}/review${what === 'review' ? '' : '?about=question'}`),
    search: (text = '') => at(text === '' ? '/search' : `/search?q=${slug(text)}`),
    cart: () => at('/cart'),
    own: () => at('/own'),
    /** Where another currency is chosen. */
    currency: () => at('/currency'),
    /** Everybody's own: a guest's is kept in this browser. */
    wishlist: () => at('/wishlist'),
    /** Where hearts are sent. */
    wish: () => at('/wishlist/change'),
    checkout: (step: CheckoutStep) => at(`/checkout/${step}`),
    keepCheckout: () => at('/checkout/keep'),
    order: (id: string) => at(`/orders/${slug(id)}`),
    /** Where something of an order is asked to be taken back. */
    returnOf: (order: string) => at(`/orders/${slug(order)}/return`),
    /** Where what was put into the cart without a network is sent, once there is one. */
    cartLater: () => at('/cart/later'),
    /** What makes the shop an app (W3C App Manifest). */
    manifest: () => at('/manifest.webmanifest'),
    signIn: () => at('/sign-in'),
    /** `to` is where one came from. */
    signInFor: (to: string) => at(`/sign-in?to=${slug(to)}`),
    register: () => at('/register'),
    registerFor: (to: string) => at(`/register?to=${slug(to)}`),
    forgot: () => at('/forgot'),
    reset: () => at('/reset'),
    verify: () => at('/verify'),
    /** Where the link of a letter to another address of the account leads. */
    confirmEmail: () => at('/confirm-email'),
    signOut: () => at('/sign-out'),
    /** One of the own addresses, or `new` for one that is not kept yet. */
    address: (id: string) => at(`/account/addresses/${slug(id)}`),
    account: (part: AccountPart | '' = '') => at(part === '' ? '/account' : `/account/${part}`),
  }
}

export type Paths = ReturnType<typeof made>

export const CHECKOUT_STEPS = ['contact', 'address', 'delivery', 'payment', 'review'] as const
export type CheckoutStep = (typeof CHECKOUT_STEPS)[number]

export type AccountPart =
  | 'profile'
  | 'addresses'
  | 'email'
  | 'sessions'
  | 'password'
  | 'reviews'
  | 'returns'

/** The same page in another language; `path` is one of this language, and never one of another host. */
export function inLanguage(path: string, from: string, to: string, first: string): string {
  const here = path.replace(/^[/\\]+/, '/')
  const bare = from === first ? here : here.replace(new RegExp(`^/${from}(?=/|$)`), '') || '/'
  if (to === first) return bare.replace(/^[/\\]+/, '/')
  return bare === '/' ? `/${to}/` : `/${to}${bare}`
}

/** A picture of an asset as wide as that, in whichever format the browser prefers. */
export function picturePath(asset: string, width: PictureWidth): string {
  return `/media/${asset}/${width}.webp`
}

export const PICTURE_WIDTHS = [160, 320, 640, 960, 1280, 1920] as const
export type PictureWidth = (typeof PICTURE_WIDTHS)[number]
