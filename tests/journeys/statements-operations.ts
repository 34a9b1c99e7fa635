/** How each operation is asked, once everything it needs is there. */
import { randomUUID } from 'node:crypto'

import { type News, bodyOf, chargeAtProvider, signed } from './deliveries.ts'
import { A, good, type Journey, type Json, TERMS } from './journey.ts'
import { STOREFRONT } from './statements-storefront.ts'
import { LISTED, PASSWORD, type Prepare, ROUTE } from './statements-world.ts'

const withSku: Prepare = ({ admin, sku }) => ({ as: admin, path: { sku } })
const asAdmin: Prepare = ({ admin }) => ({ as: admin })
const asShopper: Prepare = ({ shopper, shopperId }) => ({
  as: shopper,
  path: { id: shopperId, userId: shopperId },
})
const nothing: Prepare = () => ({})
const listed =
  (prepare: Prepare): Prepare =>
  async (shop) => ({ ...(await prepare(shop)), query: `?limit=${LISTED}` })

/** The buyer's own order, by its token. */
const ofOrder =
  (state: 'order' | 'paid', body?: unknown): Prepare =>
  async (shop) => {
    const { id, paymentId, token } = await shop[state]()
    return { path: { id, orderId: id, paymentId }, orderToken: token, body }
  }
const ofPayment =
  (state: 'order' | 'paid', body?: unknown): Prepare =>
  async (shop) => {
    const { paymentId: id, token } = await shop[state]()
    return { path: { id }, orderToken: token, as: shop.admin, body }
  }
const asStaff =
  (prepare: Prepare): Prepare =>
  async (shop) => ({ ...(await prepare(shop)), as: shop.admin })

const cartLine =
  (body?: unknown): Prepare =>
  async (shop) => ({ path: { id: await shop.cart(), sku: shop.sku }, body })

const aPalette = (ink: string, paper: string): Json => ({
  paper,
  card: paper,
  ink,
  muted: ink,
  line: ink,
  accent: ink,
  onAccent: paper,
  good: ink,
  bad: ink,
})

/** Black on white and white on black, with other corners each time. */
const aLook = (number: number): Json => ({
  colors: { light: aPalette('#000000', '#ffffff'), dark: aPalette('#ffffff', '#000000') },
  radius: (number % 100) / 50,
  fonts: 'system',
  logo: { asset: null, text: null },
  tagline: {},
})

const AN_ADDRESS = { name: 'Olena', ...TERMS.shippingAddress, isUsual: true }

async function anAddress(journey: Journey, as: string): Promise<string> {
  const path = `${A}/users/me/addresses`
  return good(await journey.post(path, AN_ADDRESS, { as }), 201).id as string
}

export const USERS: Readonly<Record<string, Prepare>> = {
  registerUser: () => ({
    body: {
      email: `${randomUUID()}@example.test`,
      username: 'olena',
      password: PASSWORD,
      birthDate: '1994-05-17',
    },
  }),
  getUser: asShopper,
  listUsers: listed(asAdmin),
  login: async (shop) => ({ body: { email: (await shop.someone()).email, password: PASSWORD } }),
  refresh: async (shop) => ({ body: { refreshToken: (await shop.someone()).refreshToken } }),
  logout: async (shop) => ({ body: { refreshToken: (await shop.someone()).refreshToken } }),
  getMe: asShopper,
  listMySessions: asShopper,
  endMySessions: async (shop) => ({ as: (await shop.someone()).accessToken }),
  async endMySession(shop) {
    const { accessToken: as } = await shop.someone()
    const { items } = good(await shop.journey.get(`${A}/users/me/sessions`, { as }))
    return { as, path: { id: items[0].id } }
  },
  async changePassword(shop) {
    const { accessToken: as } = await shop.someone()
    return { as, body: { oldPassword: PASSWORD, password: 'another river to cross 7' } }
  },
  listMyAddresses: asShopper,
  keepMyAddress: async (shop) => ({ as: (await shop.someone()).accessToken, body: AN_ADDRESS }),
  async changeMyAddress(shop) {
    const { accessToken: as } = await shop.someone()
    return { as, path: { id: await anAddress(shop.journey, as) }, body: AN_ADDRESS }
  },
  async removeMyAddress(shop) {
    const { accessToken: as } = await shop.someone()
    return { as, path: { id: await anAddress(shop.journey, as) } }
  },
  changeMe: async (shop) => ({
    as: (await shop.someone()).accessToken,
    body: { username: 'Somebody else' },
  }),
  askEmailVerification: async (shop) => ({ as: (await shop.someone()).accessToken }),
  askEmailChange: async (shop) => ({
    as: (await shop.someone()).accessToken,
    body: { email: `${randomUUID()}@example.test`, password: PASSWORD },
  }),
  async confirmEmailChange(shop) {
    const { id, accessToken: as } = await shop.someone()
    const body = { email: `${randomUUID()}@example.test`, password: PASSWORD }
    good(await shop.journey.post(`${A}/users/me/email`, body, { as }), 202)
    return { body: { token: await shop.notice(id) } }
  },
  forgetPassword: async (shop) => ({ body: { email: (await shop.someone()).email } }),
  async resetPassword(shop) {
    const { id, email } = await shop.someone()
    good(await shop.journey.post(`${A}/users/password/forgot`, { email }), 202)
    return { body: { token: await shop.notice(id), password: 'another river to cross 7' } }
  },
  async verifyEmail(shop) {
    const { id, accessToken: as } = await shop.someone()
    good(await shop.journey.post(`${A}/users/me/email/verification`, {}, { as }), 202)
    return { body: { token: await shop.notice(id) } }
  },
  listNotices: listed(asAdmin),
}

export const CATALOG: Readonly<Record<string, Prepare>> = {
  getShop: nothing,
  getTheme: nothing,
  setShopLook: (shop) => ({ as: shop.admin, body: aLook(shop.next()) }),
  listProducts: listed(nothing),
  getProduct: ({ product }) => ({ path: { id: product.id } }),
  createProduct: ({ admin }) => ({
    as: admin,
    body: { sku: `S-${randomUUID()}`, name: 'Мʼяч', price: { amount: 100, currency: 'UAH' } },
  }),
  async changeProduct({ admin, journey }) {
    const { id, sku, price } = await journey.aProduct(0)
    return { as: admin, path: { id }, body: { sku, price, name: 'Мʼяч' } }
  },
  archiveProduct: async ({ admin, journey }) => ({
    as: admin,
    path: { id: (await journey.aProduct(0)).id },
  }),
  getProductBySlug: ({ product }) => ({ path: { slug: product.slug } }),
  listRelatedProducts: ({ product }) => ({ path: { id: product.id } }),
  mergeProduct: async ({ admin, journey }) => ({
    as: admin,
    path: { id: (await journey.aProduct(0)).id },
    body: { name: { en: 'Ball' } },
  }),
  listAllProducts: listed(asAdmin),
  listAllCategories: listed(asAdmin),
  listAllBrands: listed(asAdmin),
  listAllAttributes: listed(asAdmin),
  listAttributes: nothing,
  setAttribute: (shop) => ({
    as: shop.admin,
    path: { code: 'counted' },
    body: { kind: 'text', name: `x${shop.next()}` },
  }),
  setCategory: (shop) => ({
    as: shop.admin,
    path: { slug: 'counted' },
    body: { name: `x${shop.next()}` },
  }),
  async removeCategory({ admin, journey }) {
    const slug = `c-${randomUUID()}`
    good(await journey.post(`${A}/categories`, { slug, name: 'Мʼячі' }, { as: admin }), 201)
    return { as: admin, path: { slug } }
  },
  setBrand: (shop) => ({
    as: shop.admin,
    path: { slug: 'counted' },
    body: { name: `x${shop.next()}` },
  }),
  getCategory: async ({ admin, journey }) => {
    const slug = `c-${randomUUID()}`
    good(await journey.post(`${A}/categories`, { slug, name: 'Мʼячі' }, { as: admin }), 201)
    return { path: { slug } }
  },
  listCategories: nothing,
  addCategory: ({ admin }) => ({ as: admin, body: { slug: `c-${randomUUID()}`, name: 'Мʼячі' } }),
  listBrands: nothing,
  addBrand: ({ admin }) => ({ as: admin, body: { slug: `b-${randomUUID()}`, name: 'Мʼячі' } }),
  listPriceLists: nothing,
  setPriceList: (shop) => ({
    as: shop.admin,
    path: { currency: 'USD' },
    body: { delivery: { post: shop.next() } },
  }),
  listPrices: listed(({ admin }) => ({ as: admin, path: { currency: 'USD' } })),
  setPrice: (shop) => ({
    as: shop.admin,
    path: { currency: 'USD', sku: shop.sku },
    body: { amount: shop.next() },
  }),
  listPriceRules: listed(asAdmin),
  setPriceRule: (shop) => ({
    as: shop.admin,
    path: { rule: 'group.counted' },
    body: { kind: 'group', name: `x${shop.next()}` },
  }),
  async removePriceRule(shop) {
    await shop.staff('PUT', 'price-rules/group.gone', { kind: 'group', name: 'x' })
    return { as: shop.admin, path: { rule: 'group.gone' } }
  },
  listSpecialPrices: listed(({ admin }) => ({ as: admin, path: { list: 'counted' } })),
  setSpecialPrice: (shop) => ({
    as: shop.admin,
    path: { list: 'counted', sku: shop.sku },
    body: { tiers: [{ fromQuantity: 100, amount: shop.next() }] },
  }),
  async removeSpecialPrice(shop) {
    const body = { tiers: [{ fromQuantity: 100, amount: shop.next() }] }
    await shop.staff('PUT', `special-prices/counted/${shop.sku}`, body)
    return { as: shop.admin, path: { list: 'counted', sku: shop.sku } }
  },
  getPriceGroup: ({ admin, shopperId }) => ({ as: admin, path: { id: shopperId } }),
  setPriceGroup: (shop) => ({
    as: shop.admin,
    path: { id: shop.shopperId },
    body: { group: shop.next() % 2 === 0 ? null : 'counted' },
  }),
  listBuyerPrices: ({ sku }) => ({ query: `?skus=${sku}` }),
  listPriceRanges: ({ product }) => ({ query: `?products=${product.id}` }),
  async removePrice(shop) {
    await shop.staff('PUT', `price-lists/USD/${shop.sku}`, { amount: shop.next() })
    return { as: shop.admin, path: { currency: 'USD', sku: shop.sku } }
  },
}

export const INVENTORY: Readonly<Record<string, Prepare>> = {
  correctStock: ({ admin, product }) => ({
    as: admin,
    path: { id: product.id },
    body: { delta: 1, reason: 'found' },
  }),
  receiveGoods: ({ admin, sku }) => ({
    as: admin,
    body: { sku, warehouse: ROUTE.from, quantity: 1, supplierRef: 'x' },
  }),
  listWarehouses: asAdmin,
  getStock: withSku,
  listMovements: listed(withSku),
  getStockSettings: asAdmin,
  setStockSettings: (shop) => ({
    as: shop.admin,
    body: { allocation: 'preference', lowStock: shop.next() },
  }),
  listLowStock: listed(asAdmin),
  setBackorder: (shop) => ({
    as: shop.admin,
    path: { sku: shop.sku },
    body: { limit: shop.next() },
  }),
  setLowStockThreshold: (shop) => ({
    as: shop.admin,
    path: { sku: shop.sku },
    body: { lowStock: shop.next() },
  }),
  sendTransfer: ({ admin, sku }) => ({
    as: admin,
    body: { ...ROUTE, lines: [{ sku, quantity: 1 }] },
  }),
  listTransfers: listed(asAdmin),
  receiveTransfer: async (shop) => ({
    as: shop.admin,
    path: { id: await shop.transfer() },
    body: {},
  }),
  cancelTransfer: async (shop) => ({
    as: shop.admin,
    path: { id: await shop.transfer() },
    body: { reason: 'not needed there' },
  }),
  getTransfer: async (shop) => ({ as: shop.admin, path: { id: await shop.transfer() } }),
  async openStockTake(shop) {
    await shop.noStockTake()
    return { as: shop.admin, body: { warehouse: ROUTE.from } }
  },
  listStockTakes: listed(asAdmin),
  countStockTakeLine: async (shop) => ({
    as: shop.admin,
    path: { id: await shop.stockTake(), sku: shop.sku },
    body: { quantity: 100_000 },
  }),
  async closeStockTake(shop) {
    const id = await shop.stockTake()
    const { stock } = await shop.staff('GET', `inventory/stock/${shop.sku}`)
    const path = `inventory/stock-takes/${id}/lines/${shop.sku}`
    await shop.staff('PUT', path, { quantity: stock + 1_000 })
    return { as: shop.admin, path: { id } }
  },
  abandonStockTake: async (shop) => ({ as: shop.admin, path: { id: await shop.stockTake() } }),
  getStockTake: async (shop) => ({ as: shop.admin, path: { id: await shop.stockTake() } }),
}

const SALE: Readonly<Record<string, Prepare>> = {
  createCart: () => ({ body: {} }),
  getCart: cartLine(),
  listMyCarts: listed(asShopper),
  claimCart: async (shop) => ({
    path: { id: await shop.cart() },
    as: (await shop.someone()).accessToken,
  }),
  addCartItem: async (shop) => ({
    path: { id: await shop.journey.aCart() },
    body: { sku: shop.sku, quantity: 1 },
  }),
  setCartItem: cartLine({ quantity: 2 }),
  removeCartItem: cartLine(),
  placeOrder: async (shop) => ({ body: { cartId: await shop.cart(), ...TERMS } }),
  getOrder: ofOrder('order'),
  getOrderHistory: ofOrder('paid'),
  listOrders: listed(asAdmin),
  listOrdersOfUser: listed(asShopper),
  getOrderMoney: asStaff(ofOrder('paid')),
  cancelOrder: ofOrder('order'),
  setOrderStatus: asStaff(ofOrder('paid', { status: 'fulfilled' })),
  getPayment: ofPayment('paid'),
  processPayment: ofPayment('order'),
  refundPayment: ofPayment('paid', { reason: 'returned' }),
  listPaymentMethods: nothing,
  listPaymentsOfUser: listed(asShopper),
  async listPaymentsOfOrder(shop) {
    const { id: orderId, token: orderToken } = await shop.paid()
    await shop.lists(`payments/order/${orderId}`, { orderToken }, ({ items }) => items.length === 1)
    return { path: { orderId }, orderToken, query: `?limit=${LISTED}` }
  },
  async openPayment(shop) {
    const { id: orderId, token: orderToken } = await shop.declined()
    return { orderToken, body: { orderId, method: 'card' } }
  },
  async hearPaymentProvider(shop) {
    const { paymentId: reference, total: amount } = await shop.order()
    const chargeId = await chargeAtProvider(shop.journey, reference, amount)
    const news: News = { type: 'charge.succeeded', reference, chargeId, amount }
    const body = bodyOf(news)
    return { path: { provider: 'test' }, body, headers: signed(body) }
  },
  async listCheckouts(shop) {
    for (let made = 1; made < LISTED; made += 1) await shop.order()
    const { id } = await shop.order()
    const query = `?limit=${LISTED}`
    const isThere = ({ items }: Json): boolean => items[0].orderId === id
    await shop.lists(`checkouts${query}`, { as: shop.admin }, isThere)
    return { as: shop.admin, query }
  },
  getCheckout: asStaff(ofOrder('paid')),
  async retryCheckout(shop) {
    const { id } = await shop.order()
    // A deadline that failed once is open, though its time has not come.
    await shop.journey.shop.query(
      `update platform.timers set last_error = 'it broke' where id = $1`,
      [`order/${id}/deadline`],
    )
    return { as: shop.admin, path: { orderId: id } }
  },
  cancelCheckout: asStaff(ofOrder('order')),
}

export const PLATFORM: Readonly<Record<string, Prepare>> = {
  greet: nothing,
  getOpenApi: nothing,
  getKeys: nothing,
  live: nothing,
  ready: nothing,
  measure: nothing,
  explainProblem: () => ({ path: { code: 'cart.unknown' } }),
  tour: nothing,
}

/** Every operation by its id. */
export const OPERATIONS: Readonly<Record<string, Prepare>> = {
  ...SALE,
  ...CATALOG,
  ...INVENTORY,
  ...USERS,
  ...STOREFRONT,
  ...PLATFORM,
}
