/** Makes one of everything that has an id, for whoever is to own it, in either shop. */
import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import {
  A,
  claimsOf,
  eventually,
  good,
  type Journey,
  type Json,
  type ShopName,
  TERMS,
} from '../journeys/journey.ts'
import type { ObjectKind } from './kinds.ts'
import { type Account, passOf } from './people.ts'

/** Somebody who owns things: a user, or a guest. */
export type Owner = Account | 'guest'

export interface Thing {
  readonly id: string
  /** What opens it to whoever shows it. */
  readonly shown?: Readonly<Record<string, string>>
}

type Make = (shop: ShopName, owner: Owner) => Promise<Thing>

/** Units of the SKU that all carts of a shop have a piece of. */
const UNITS = 100_000

/** A list of prices that one shop has and the other has not; nobody has one in francs. */
const LISTS: Readonly<Record<ShopName, string>> = { demo: 'USD', second: 'PLN' }

/** Prices beside the ordinary ones, for everybody. */
export const SPECIAL_LIST = {
  kind: 'special-list',
  name: 'x',
  currency: 'UAH',
  group: null,
  market: null,
  from: null,
  until: null,
  isSale: false,
}

/** A table that goes out now and then. */
export const SCHEDULE = {
  name: 'x',
  kind: 'prices',
  rhythm: { every: 'hours', hours: 168 },
  to: { keep: 1 },
}

/** How a table of prices is sent that changes none. */
export const IMPORT = { kind: 'prices', mode: 'trial' }

export function aTable(): string {
  return `sku,currency,price\nNO-SUCH-${crypto.randomUUID()},EUR,1\n`
}

/** A picture nobody has yet, of one point: a GIF with a comment, whose bytes are all text. */
export function aGif(): string {
  const point = '2c0000000001000100000202440100'
  const comment = crypto.randomUUID()
  const length = String.fromCodePoint(comment.length)
  const hex = (text: string): string => Buffer.from(text, 'hex').toString('latin1')
  return `GIF89a${hex('01000100000000')}!\u0001${length}${comment}\0${hex(point)};`
}

export class Things {
  readonly journey: Journey
  private readonly products = new Map<ShopName, Promise<Json>>()
  private readonly takes = new Map<string, string>()

  constructor(journey: Journey) {
    this.journey = journey
  }

  make(kind: ObjectKind, shop: ShopName, owner: Owner): Promise<Thing> {
    return this.makers[kind](shop, owner)
  }

  private readonly makers: Readonly<Record<ObjectKind, Make>> = {
    user: async (shop, owner) => ({ id: (await this.named(shop, owner)).id }),
    session: async (shop, owner) => {
      const pass = await this.signIn(shop, await this.named(shop, owner))
      return { id: claimsOf(pass.accessToken).sid }
    },
    refreshToken: async (shop, owner) => {
      const pass = await this.signIn(shop, await this.named(shop, owner))
      return { id: pass.refreshToken }
    },
    resetToken: async (shop) => {
      const { id, email } = await this.register(shop)
      good(await this.journey.post(`${A}/users/password/forgot`, { email }, { in: shop }), 202)
      return { id: await this.noticed(shop, id, 'password-reset') }
    },
    emailToken: async (shop) => {
      const { id } = await this.register(shop)
      return { id: await this.noticed(shop, id, 'email-verification') }
    },
    emailChangeToken: async (shop) => {
      const someone = await this.register(shop)
      const { accessToken: as } = await this.signIn(shop, someone)
      const body = { email: `${crypto.randomUUID()}@example.test`, password: DEMO_PASSWORD }
      good(await this.journey.post(`${A}/users/me/email`, body, { in: shop, as }), 202)
      return { id: await this.noticed(shop, someone.id, 'email-change') }
    },
    cart: async (shop, owner) => {
      const { sku } = await this.product(shop)
      return { id: await this.journey.aCart(sku, 2, await this.ask(shop, owner)) }
    },
    order: async (shop, owner) => {
      const { id, token } = await this.order(shop, owner)
      return { id, shown: { 'x-order-token': token } }
    },
    payment: async (shop, owner) => {
      const { paymentId, token } = await this.order(shop, owner)
      return { id: paymentId, shown: { 'x-order-token': token } }
    },
    orderNumber: async (shop, owner) => ({ id: (await this.order(shop, owner)).number }),
    address: async (shop) => ({ id: (await this.product(shop)).slug }),
    product: async (shop) => ({ id: (await this.journey.aProduct(50, shop)).id }),
    productsPart: async (shop) => {
      const { text } = await this.journey.get('/sitemap.xml', { in: shop })
      return { id: /\/sitemaps\/products\/([^<]+)</.exec(text)?.[1] ?? '' }
    },
    sku: async (shop) => ({ id: (await this.product(shop)).sku }),
    category: (shop) => this.place(shop, 'categories'),
    brand: (shop) => this.place(shop, 'brands'),
    warehouse: async (shop) => ({ id: (await this.warehouses(shop))[0] ?? '' }),
    otherWarehouse: async (shop) => ({ id: (await this.warehouses(shop))[1] ?? '' }),
    transfer: async (shop) => {
      const [from, to] = await this.warehouses(shop)
      const lines = [{ sku: (await this.product(shop)).sku, quantity: 2 }]
      return this.post(shop, 'inventory/transfers', { from, to, lines })
    },
    stockTake: async (shop) => ({ id: await this.take(shop, 1) }),
    synonym: async (shop) => {
      const as = await this.journey.token('admin', shop)
      const body = { words: ['trainers'], also: ['shoes'] }
      const made = await this.journey.post(`${A}/search/synonyms`, body, { in: shop, as })
      return { id: good(made, 201).id }
    },
    priceList: async (shop) => {
      const ask = { in: shop, as: await this.journey.token('admin', shop) }
      const [list, { sku }] = [LISTS[shop], await this.product(shop)]
      const put = (path: string, body: object) =>
        this.journey.call('PUT', `${A}/price-lists/${path}`, { ...ask, body })
      good(await put(list, { delivery: {} }))
      good(await put(`${list}/${sku}`, { amount: 100 }))
      return { id: list }
    },
    asset: async (shop) => ({ id: (await this.picture(shop)).id }),
    assetName: async (shop) => ({ id: (await this.picture(shop)).url.split('/')[2] }),
    keptAddress: async (shop, owner) => {
      const { accessToken: as } = await this.signIn(shop, await this.named(shop, owner))
      const ask = { in: shop, as }
      const { line1, city, country } = TERMS.shippingAddress
      const body = { name: 'Olena', line1, city, country, isUsual: false }
      return { id: good(await this.journey.post(`${A}/users/me/addresses`, body, ask), 201).id }
    },
    wish: async (shop, owner) => {
      const { accessToken: as } = await this.signIn(shop, await this.named(shop, owner))
      const { id } = await this.journey.aProduct(0, shop)
      const ask = { in: shop, as, body: {} }
      good(await this.journey.call('PUT', `${A}/users/me/wishes/${id}`, ask), 204)
      return { id }
    },
    return: async (shop, owner) => {
      const { id, shown } = await this.paid('order', shop, owner)
      const lines = [{ sku: (await this.product(shop)).sku, quantity: 1 }]
      const ask = { in: shop, ...(shown === undefined ? {} : { headers: shown }) }
      const path = `${A}/orders/${id}/returns`
      const made = await this.journey.post(path, { lines, reason: 'other' }, ask)
      return { id: good(made, 201).id, ...(shown === undefined ? {} : { shown }) }
    },
    contribution: async (shop, owner) => ({ id: await this.asked(shop, owner) }),
    published: async (shop, owner) => {
      const id = await this.asked(shop, owner)
      const ask = { in: shop, as: await this.journey.token('admin', shop) }
      good(await this.journey.post(`${A}/contributions/${id}/show`, undefined, ask))
      return { id }
    },
    import: async (shop) => {
      const begun = await this.beganImport(shop)
      const ask = { in: shop, as: await this.journey.token('admin', shop) }
      await eventually(
        async () => good(await this.journey.get(`${A}/admin/imports/${begun.id}`, ask)),
        ({ state }) => state === 'done',
      )
      return begun
    },
    schedule: async (shop) => {
      const as = await this.journey.token('admin', shop)
      const path = `${A}/admin/exchange-schedules`
      return good(await this.journey.post(path, SCHEDULE, { in: shop, as }), 201)
    },
    run: async (shop) => {
      const ask = { in: shop, as: await this.journey.token('admin', shop) }
      const { id } = await this.make('schedule', shop, 'guest')
      const path = `${A}/admin/exchange-schedules/${id}`
      good(await this.journey.post(`${path}/run`, undefined, ask), 202)
      const runs = await eventually(
        async () => good(await this.journey.get(`${path}/runs`, ask)).items,
        ([run]) => run.state === 'done',
      )
      return { id: runs[0].id }
    },
    priceRule: async (shop) => ({ id: await this.rule(shop, { kind: 'group', name: 'x' }, 'r') }),
    priceGroup: async (shop) => {
      const name = await this.rule(shop, { kind: 'group', name: 'x' }, 'g')
      return { id: name.slice('group.'.length) }
    },
    specialList: async (shop) => {
      const currency = shop === 'demo' ? 'UAH' : 'EUR'
      const name = await this.rule(shop, { ...SPECIAL_LIST, currency }, 'l')
      const id = name.slice('special-list.'.length)
      const [{ sku }, as] = [await this.product(shop), await this.journey.token('admin', shop)]
      const body = { tiers: [{ fromQuantity: 1, amount: 100 }] }
      const path = `${A}/special-prices/${id}/${sku}`
      good(await this.journey.call('PUT', path, { in: shop, as, body }))
      return { id }
    },
  }

  private async picture(shop: ShopName): Promise<Json> {
    const as = await this.journey.token('admin', shop)
    return good(await this.journey.post(`${A}/admin/media`, aGif(), { in: shop, as }), 201)
  }

  /** A question of somebody's, which nobody has let others read. */
  private async asked(shop: ShopName, owner: Owner): Promise<string> {
    const { id } = await this.product(shop)
    const ask = await this.ask(shop, await this.named(shop, owner))
    const body = { name: 'Oksana', text: `Does it last as long as ${crypto.randomUUID()}?` }
    return good(await this.journey.post(`${A}/products/${id}/questions`, body, ask), 201).id
  }

  /** A table that is being read, or will be soon. */
  async beganImport(shop: ShopName): Promise<Thing> {
    const as = await this.journey.token('admin', shop)
    const path = `${A}/admin/imports?${String(new URLSearchParams(IMPORT))}`
    const headers = { 'content-type': 'text/csv' }
    return good(await this.journey.post(path, aTable(), { in: shop, as, headers }), 202)
  }

  /** An order that is paid, instead of one that waits to be. */
  async paid(kind: 'order' | 'payment', shop: ShopName, owner: Owner): Promise<Thing> {
    const { id, paymentId, token } = await this.order(shop, owner)
    const shown = { 'x-order-token': token }
    const paying = { in: shop, headers: shown }
    good(await this.journey.post(`${A}/payments/${paymentId}/process`, undefined, paying))
    return { id: kind === 'order' ? id : paymentId, shown }
  }

  /** A rule that one shop has and the other has not. */
  private async rule(shop: ShopName, body: Json, of: string): Promise<string> {
    const name = `${body.kind}.${of}-${shop}`
    const as = await this.journey.token('admin', shop)
    good(await this.journey.call('PUT', `${A}/price-rules/${name}`, { in: shop, as, body }))
    return name
  }

  /** A stock take of the nth warehouse; the one before there is given up, for there is one at a time. */
  async take(shop: ShopName, nth: number): Promise<string> {
    await this.freeWarehouse(shop, nth)
    const warehouse = (await this.warehouses(shop))[nth]
    const { id } = await this.post(shop, 'inventory/stock-takes', { warehouse })
    this.takes.set(`${shop}/${nth}`, id)
    return id
  }

  async freeWarehouse(shop: ShopName, nth: number): Promise<void> {
    const as = await this.journey.token('warehouse', shop)
    const { items } = good(await this.journey.get(`${A}/inventory/stock-takes`, { as, in: shop }))
    const warehouse = (await this.warehouses(shop))[nth]
    for (const each of items) {
      if (each.status !== 'open' || each.warehouse !== warehouse) continue
      const path = `${A}/inventory/stock-takes/${each.id}/abandon`
      good(await this.journey.post(path, undefined, { as, in: shop }))
    }
  }

  /** An account of the shop with the password of all others. */
  async register(shop: ShopName): Promise<Account> {
    const email = `${crypto.randomUUID()}@example.test`
    const body = { email, username: 'x', password: DEMO_PASSWORD, birthDate: '1994-05-17' }
    await this.forgetTries()
    const { id } = good(await this.journey.post(`${A}/users/register`, body, { in: shop }), 201)
    return { id, email }
  }

  async signIn(shop: ShopName, { email }: Account): Promise<Json> {
    await this.forgetTries()
    return this.journey.signIn(email, DEMO_PASSWORD, shop)
  }

  /** How often one may try is another test's. */
  async forgetTries(): Promise<void> {
    await this.journey.shop.query('delete from identity.sign_in_tries')
  }

  product(shop: ShopName): Promise<Json> {
    const made = this.products.get(shop) ?? this.journey.aProduct(UNITS, shop)
    this.products.set(shop, made)
    return made
  }

  async warehouses(shop: ShopName): Promise<string[]> {
    const ask = { in: shop, as: await this.journey.token('warehouse', shop) }
    const { items } = good(await this.journey.get(`${A}/inventory/warehouses`, ask))
    return items.map(({ code }: Json) => code)
  }

  private async order(shop: ShopName, owner: Owner): Promise<Json> {
    const { sku } = await this.product(shop)
    return this.journey.anOrder(sku, 1, await this.ask(shop, owner))
  }

  private async place(shop: ShopName, what: 'categories' | 'brands'): Promise<Thing> {
    const slug = `a-${crypto.randomUUID()}`
    const as = await this.journey.token('admin', shop)
    const body = { slug, name: slug }
    good(await this.journey.post(`${A}/${what}`, body, { as, in: shop }), 201)
    return { id: slug }
  }

  private async post(shop: ShopName, path: string, body: object): Promise<Thing> {
    const as = await this.journey.token('warehouse', shop)
    return good(await this.journey.post(`${A}/${path}`, body, { as, in: shop }), 201)
  }

  private async noticed(shop: ShopName, userId: string, kind: string): Promise<string> {
    const as = await this.journey.token('admin', shop)
    const { items } = good(await this.journey.get(`${A}/users/notices?limit=100`, { as, in: shop }))
    const notice = items.find((each: Json) => each.userId === userId && each.kind === kind)
    if (notice === undefined) throw new Error(`nobody told ${userId} of ${kind}`)
    return notice.token
  }

  /** Who is asked for an account and is a guest gets one. */
  private async named(shop: ShopName, owner: Owner): Promise<Account> {
    return owner === 'guest' ? this.register(shop) : owner
  }

  private async ask(shop: ShopName, owner: Owner) {
    if (owner === 'guest') return { in: shop }
    if (shop === 'demo') return { in: shop, headers: passOf(owner, ['shopper']) }
    return { in: shop, as: (await this.signIn(shop, owner)).accessToken }
  }
}
