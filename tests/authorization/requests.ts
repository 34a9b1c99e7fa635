/** A good request for every operation that needs more than what stands in its path. */
import type { Json } from '../journeys/journey.ts'
import { TERMS } from '../journeys/journey.ts'
import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import type { ObjectKind } from './kinds.ts'
import type { Place } from './operations.ts'
import {
  aGif,
  aTable,
  IMPORT,
  type Owner,
  SCHEDULE,
  SPECIAL_LIST,
  type Thing,
  type Things,
} from './things.ts'

/** Gives the id that stands for a kind of thing in this request. */
export type Named = (kind: ObjectKind) => string

export interface Good {
  /** @param probed The place that is asked about, for bodies of several kinds. */
  readonly body?: (named: Named, probed: Place | undefined) => Json
  /** Words of the program that its path and its query want. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Where the operation wants its object in another state than new. */
  readonly thing?: (things: Things, owner: Owner) => Promise<Thing>
  /** Brings about what the operation needs beside its object. */
  readonly before?: (things: Things) => Promise<unknown>
  /** Code of the refusal that shows it was reached, where reaching the good answer takes a story. */
  readonly orRefusal?: string
}

const some = (): string => crypto.randomUUID()
const price = { amount: 100, currency: 'UAH' }
const person = () => ({
  email: `${some()}@example.test`,
  username: 'x',
  password: DEMO_PASSWORD,
  birthDate: '1994-05-17',
})
const product = () => ({ sku: `A-${some()}`, name: { uk: 'Мʼяч', ru: 'Мяч', en: 'Ball' }, price })
const lines = (named: Named) => [{ sku: named('sku'), quantity: 1 }]
/** What a product may name. */
const naming = (named: Named, probed: Place | undefined): Json => {
  if (probed?.in !== 'body') return {}
  if (probed.kind === 'category') return { category: named('category') }
  if (probed.kind === 'brand') return { brand: named('brand') }
  if (probed.kind === 'product')
    return { related: [{ kind: 'similar', productId: named('product') }] }
  if (probed.kind !== 'sku') return {}
  const sku = `A-${some()}`
  return { sku, variants: [{ sku, price, components: [{ sku: named('sku'), quantity: 1 }] }] }
}
/** What somebody says, in words that nobody else has said. */
const said = () => ({ name: 'Oksana', text: `It fits, and ${some()} is what I call it.` })
const anAddress = () => ({
  name: 'Oksana',
  line1: 'Khreshchatyk 1',
  city: 'Kyiv',
  country: 'UA',
  isUsual: false,
})
const forget = (things: Things) => things.forgetTries()

const palette = (ink: string, paper: string): Json => {
  const written = { ink, muted: ink, line: ink, accent: ink, good: ink, bad: ink }
  return { ...written, paper, card: paper, onAccent: paper }
}
/** Black on white and white on black, which everybody can read. */
const look = (asset: string | null) => ({
  colors: { light: palette('#000000', '#ffffff'), dark: palette('#ffffff', '#000000') },
  radius: 0,
  fonts: 'system',
  logo: { asset, text: null },
  tagline: {},
})

export const GOOD: Readonly<Record<string, Good>> = {
  registerUser: { body: person, before: forget },
  login: {
    body: () => ({ email: 'courier@demo.test', password: DEMO_PASSWORD }),
    before: forget,
  },
  refresh: { body: (named) => ({ refreshToken: named('refreshToken') }) },
  logout: { body: (named) => ({ refreshToken: named('refreshToken') }) },
  changePassword: {
    // The right one would lock everybody else out.
    body: () => ({ oldPassword: 'not the password', password: DEMO_PASSWORD }),
    before: forget,
    orRefusal: 'identity.old-password-wrong',
  },
  changeMe: { body: () => ({ username: `Somebody ${some()}` }) },
  askEmailVerification: { body: () => ({}), before: forget },
  askEmailChange: {
    // The right one would give everybody else another address.
    body: () => ({ email: `${some()}@example.test`, password: 'not the password' }),
    before: forget,
    orRefusal: 'identity.old-password-wrong',
  },
  confirmEmailChange: { body: (named) => ({ token: named('emailChangeToken') }) },
  keepMyAddress: { body: anAddress },
  changeMyAddress: { body: anAddress },
  forgetPassword: { body: () => ({ email: `${some()}@example.test` }), before: forget },
  resetPassword: {
    body: (named) => ({ token: named('resetToken'), password: `Another-${some()}!` }),
  },
  verifyEmail: { body: (named) => ({ token: named('emailToken') }) },
  addCategory: {
    body: (named, probed) => ({
      slug: `c-${some()}`,
      name: 'x',
      ...(probed?.kind === 'category' ? { parent: named('category') } : {}),
    }),
  },
  // Who asks without wanting a WebSocket is told so.
  openLivePage: { orRefusal: 'live.upgrade-needed' },
  addBrand: { body: () => ({ slug: `b-${some()}`, name: 'x' }) },
  setCategory: {
    body: (named, probed) => ({
      name: 'x',
      ...(probed?.kind === 'category' ? { parent: named('category') } : {}),
    }),
  },
  removeCategory: { thing: (things) => things.make('category', 'demo', 'guest') },
  setBrand: { body: () => ({ name: 'x' }) },
  setShopLook: {
    body: (named, probed) => look(probed?.kind === 'asset' ? named('asset') : null),
  },
  setAttribute: { body: () => ({ kind: 'text', name: 'x' }) },
  mergeProduct: {
    body: (named, probed) => {
      const { sku: _, ...body } = naming(named, probed)
      return body
    },
  },
  createProduct: {
    body: (named, probed) => ({
      ...product(),
      ...naming(named, probed),
    }),
  },
  changeProduct: {
    body: (named, probed) => ({
      ...product(),
      ...naming(named, probed),
    }),
  },
  setStockSettings: { body: () => ({ allocation: 'preference', lowStock: 0 }) },
  setBackorder: { body: () => ({ limit: 1 }) },
  setLowStockThreshold: { body: () => ({ lowStock: 1 }) },
  correctStock: {
    body: (named, probed) => ({
      delta: 1,
      reason: 'x',
      ...(probed?.kind === 'sku' ? { sku: named('sku') } : {}),
      ...(probed?.kind === 'warehouse' ? { warehouse: named('warehouse') } : {}),
    }),
    thing: async (things) => ({ id: (await things.product('demo')).id }),
  },
  receiveGoods: {
    body: (named) => ({
      sku: named('sku'),
      warehouse: named('warehouse'),
      quantity: 1,
      supplierRef: 'x',
    }),
  },
  sendTransfer: {
    body: (named) => ({
      from: named('warehouse'),
      to: named('otherWarehouse'),
      lines: lines(named),
    }),
  },
  receiveTransfer: { body: (named) => ({ lines: lines(named) }) },
  cancelTransfer: { body: () => ({ reason: 'x' }) },
  openStockTake: {
    body: (named) => ({ warehouse: named('warehouse') }),
    before: (things) => things.freeWarehouse('demo', 0),
  },
  countStockTakeLine: { body: () => ({ quantity: 50 }) },
  setPriceList: { body: () => ({ delivery: {} }) },
  setPrice: { body: () => ({ amount: 100 }) },
  setPriceRule: {
    body: (named, probed) => ({
      ...SPECIAL_LIST,
      group: probed?.kind === 'priceGroup' ? named('priceGroup') : null,
    }),
  },
  removePriceRule: { before: (things) => things.make('priceRule', 'demo', 'guest') },
  setSpecialPrice: { body: () => ({ tiers: [{ fromQuantity: 1, amount: 100 }] }) },
  removeSpecialPrice: { before: (things) => things.make('specialList', 'demo', 'guest') },
  setPriceGroup: { body: (named) => ({ group: named('priceGroup') }) },
  removePrice: { before: (things) => things.make('priceList', 'demo', 'guest') },
  createCart: { body: () => ({}) },
  claimCart: { body: () => ({}) },
  addCartItem: { body: (named) => ({ sku: named('sku'), quantity: 1 }) },
  setCartItem: { body: () => ({ quantity: 3 }) },
  placeOrder: {
    body: (named, probed) => {
      if (probed?.kind === 'product') return { productId: named('product'), quantity: 1, ...TERMS }
      if (probed?.kind === 'sku') return { sku: named('sku'), quantity: 1, ...TERMS }
      return { cartId: named('cart'), ...TERMS }
    },
  },
  cancelOrder: { body: () => ({}) },
  setOrderStatus: {
    body: () => ({ status: 'fulfilled' }),
    thing: (things, owner) => things.paid('order', 'demo', owner),
  },
  openPayment: {
    body: (named) => ({ orderId: named('order'), method: 'card' }),
    // Another payment needs one that was declined.
    orRefusal: 'checkout.payment-open',
  },
  processPayment: { body: () => ({}) },
  refundPayment: {
    body: () => ({ reason: 'x' }),
    thing: (things, owner) => things.paid('payment', 'demo', owner),
  },
  retryCheckout: {
    body: () => ({}),
    // Nothing of an order that waits for its buyer can be hurried.
    orRefusal: 'checkout.nothing-to-retry',
  },
  cancelCheckout: { body: () => ({}) },
  suggestSearches: { query: { q: 'x' } },
  addSynonym: { body: () => ({ words: ['trainers'], also: ['shoes'] }) },
  noteSearchClick: { body: () => ({ q: 'x', productId: some() }) },
  writeReview: {
    body: () => ({ ...said(), rating: 5 }),
    // A user reviews a product once.
    thing: (things) => things.make('product', 'demo', 'guest'),
  },
  askQuestion: { body: said },
  // Of others than staff only buyers answer, and nobody here has bought.
  answerContribution: { body: said, orRefusal: 'reviews.not-a-buyer' },
  changeContribution: { body: said },
  reportContribution: { body: () => ({ because: 'other' }) },
  refuseContribution: {
    body: () => ({ because: 'other' }),
    // What is refused nobody sees.
    thing: (things) => things.make('published', 'demo', 'guest'),
  },
  addWish: {
    body: (named, probed) => (probed?.kind === 'sku' ? { sku: named('sku') } : {}),
    // The product of that SKU.
    thing: async (things) => ({ id: (await things.product('demo')).id }),
  },
  mergeWishes: { body: () => ({ items: [{ productId: some() }] }) },
  requestReturn: {
    body: (named) => ({ lines: lines(named), reason: 'other' }),
    thing: (things, owner) => things.paid('order', 'demo', owner),
  },
  declineReturn: { body: () => ({ because: 'x' }) },
  setReturnSettings: { body: () => ({ days: 30 }) },
  setReviewSettings: { body: () => ({ showsAtOnce: true }) },
  beginImport: { query: IMPORT, body: aTable },
  cancelImport: {
    thing: (things) => things.beganImport('demo'),
    // It may have been read meanwhile.
    orRefusal: 'exchange.import-over',
  },
  exportTable: { path: { kind: 'products' } },
  createExchangeSchedule: { body: () => SCHEDULE },
  changeExchangeSchedule: { body: () => SCHEDULE },
  // What is removed nobody sees.
  removeExchangeSchedule: { thing: (things) => things.make('schedule', 'demo', 'guest') },
  // One run at a time.
  runExchangeSchedule: { orRefusal: 'exchange.schedule-running' },
  addPicture: { body: () => aGif() },
  describePicture: { body: () => ({ alt: { uk: 'x' } }) },
  putPicturePiece: { body: () => 'a piece' },
  // No piece of any upload is there.
  addPictureOfPieces: { body: () => ({ pieces: 1 }), orRefusal: 'media.piece-missing' },
  // Nobody here can sign; tests/journeys/payments-webhooks.test.ts can.
  hearPaymentProvider: { body: () => ({}) },
}
