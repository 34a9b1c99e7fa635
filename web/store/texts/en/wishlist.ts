import { plural } from '../plural.ts'

const language = 'en'

export const wishlist = {
  title: 'Wishlist',
  count: plural(language, { one: 'product', other: 'products' }),
  empty: 'Nothing here yet',
  emptyMore:
    'Press the heart beside anything you like. It waits here, with its price and whether there is any.',
  toShop: 'To the shop',
  guest: 'Kept in this browser only, up to 30 products. Sign in to have it on every device.',
  signIn: 'Sign in',
  toCart: 'Move to cart',
  toCartOf: (name: string) => `Move to cart: ${name}`,
  choose: 'Choose',
  chooseOf: (name: string) => `Choose a variant: ${name}`,
  look: 'See others',
  lookOf: (name: string) => `See others: ${name}`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove from the wishlist: ${name}`,
  gone: 'Not sold any more',
  goneProduct: 'A product that is not sold any more',
  goneVariant: 'This variant is not sold any more',
  soldOut: 'Sold out just now. It stays here: look again later.',
  removed: (name: string) => `Removed from the wishlist: ${name}.`,
  undo: 'Put it back',
  moved: (name: string) => `In the cart now: ${name}.`,
  openCart: 'Open the cart',
  older: 'Show older ones',
  newest: 'To the newest',
  faults: {
    full: 'The wishlist has 200 products, which is the most. Remove one first.',
    'full-of-guest': 'Thirty products are kept without an account. Sign in to keep more.',
    unknown: 'This is not sold any more.',
    unavailable: 'That did not work. Please try again in a moment.',
  } as Readonly<Record<string, string>>,
}
