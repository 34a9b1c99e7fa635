import { plural } from '../plural.ts'

const units = plural('en', { one: 'item', other: 'items' })
const pieces = plural('en', { one: 'piece', other: 'pieces' })

interface Problem {
  readonly code: string
  readonly free?: number
  readonly limit?: number
}

const problems: Readonly<Record<string, string>> = {
  'cart.sku-unknown': 'This is no longer sold.',
  'cart.price-missing': 'This is not sold in the currency of your cart.',
  'cart.full': 'The cart is full. Order what is in it first, then come back for the rest.',
  'cart.too-many-parts': 'The cart is full. Order what is in it first.',
  'cart.line-unknown': 'This is not in your cart any more.',
  'cart.closed': 'This cart has been ordered already.',
  'cart.expired': 'Your cart was a day old and has been emptied.',
  'cart.unknown': 'Your cart is empty.',
  'request.invalid': 'Please enter a whole number of pieces.',
}

export const cart = {
  title: 'Cart',
  elsewhere: (names: string, currency: string) =>
    `Not sold in ${currency}: ${names}. Take it out to buy the rest in ${currency}.`,
  count: units,
  empty: 'Your cart is empty',
  emptyMore: 'Found something you like? Put it in the cart: we set it aside for you straight away.',
  toShop: 'Go shopping',
  quantity: (name: string) => `Quantity: ${name}`,
  less: (name: string) => `One less: ${name}`,
  more: (name: string) => `One more: ${name}`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  removed: (name: string) => `${name} has been removed.`,
  undo: 'Put it back',
  update: 'Update',
  each: (price: string) => `${price} each`,
  items: 'Items',
  delivery: 'Delivery',
  deliveryFrom: (price: string) => `from ${price}`,
  free: 'free',
  total: 'Total',
  withoutDelivery: 'Total without delivery',
  toCheckout: 'To checkout',
  toCart: 'Open the cart',
  goOn: 'Continue shopping',
  close: 'Close the cart',
  held: 'Set aside for you for another',
  heldMore:
    'Nobody else can buy these pieces meanwhile. When the time is up they are for sale again; your cart stays as it is.',
  heldSoon: (minutes: number) =>
    `Your items are set aside for another ${plural('en', { one: 'minute', other: 'minutes' })(minutes)}.`,
  lapsed: 'These items are no longer set aside for you',
  lapsedMore: 'Your cart is still here, but others can buy these pieces now.',
  holdAgain: 'Set them aside again',
  notHeld: 'Not set aside any more',
  gone: 'Somebody else has just taken the last one. The rest of your cart is as it was.',
  onlyLeft: (free: number) => `Only ${pieces(free)} left.`,
  take: (free: number) => `Take ${free}`,
  clearGone: 'Remove what is sold out',
  priceKept: (price: string, time: string) =>
    `The price has gone up to ${price}. You still pay the old one until ${time}.`,
  priceRisen: (old: string, now: string) => `The price was ${old} and is now ${now}.`,
  priceFallen: (now: string) => `The price has gone down: you pay ${now}.`,
  totalChanged: (old: string, now: string) => `The total was ${old} and is now ${now}.`,
  recent: 'Your latest orders',
  problem({ code, free, limit }: Problem): string {
    if (code === 'inventory.not-enough') {
      return free === undefined || free === 0
        ? 'Somebody else has just taken the last one. The rest of your cart is as it was.'
        : `There are only ${pieces(free)} left.`
    }
    if (code === 'cart.quantity-too-large') return `One order has at most ${pieces(limit ?? 0)}.`
    return problems[code] ?? 'That did not work. Please try again in a moment.'
  },
}
