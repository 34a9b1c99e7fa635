/** What the shop has told so far: ids, cursors and tokens, to be used again in later requests. */
import type { Json } from '../journeys/journey.ts'
import type { Operation } from './document.ts'

/** A place in a request that is filled with something the shop has told before. */
export class Ref {
  readonly kind: string
  readonly pick: number
  /** Stands there while nothing of the kind is known. */
  readonly otherwise: unknown

  constructor(kind: string, pick: number, otherwise: unknown) {
    this.kind = kind
    this.pick = pick
    this.otherwise = otherwise
  }
}

export interface Known {
  readonly value: string
  /** The access token of whoever it was told to; undefined for guests. */
  readonly by: string | undefined
  /** A guest's key to the order it belongs to. */
  readonly orderToken?: string | undefined
}

/** More of a kind are of no use; the newest have most left to happen to them. */
const MOST = 60

/** Of these, the newest is asked for as often as all others together. */
const NEWEST = 3

/** Known beforehand: words that mean something to a shop. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  currency: ['UAH', 'EUR', 'USD'],
  deliveryMethod: ['post', 'pickup', 'courier'],
  paymentMethod: ['card', 'card', 'card-declined', 'card-redirect', 'card-slow'],
  provider: ['test', 'stripe'],
  lang: ['uk', 'en', 'ru', 'de', 'en-GB'],
  warehouse: ['kyiv', 'lviv', 'odesa', 'vilnius'],
  email: ['shopper@demo.test', 'courier@demo.test', 'nobody@example.test'],
  q: ['мяч', 'ball', 'vzx', 'тенис', 'a', '"golf club"', '-x', 'кроссовки adidas 42'],
  filter: ['size:s', 'color:red,blue;weight:10..20', 'x:..', ';;', 'a:1..', 'color:', ':'],
  upload: ['0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b', '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6c'],
  rule: ['group.fuzzed', 'special-list.fuzzed', 'rounding.UAH', 'tax.UA'],
  list: ['fuzzed', 'counted'],
  group: ['fuzzed', 'counted'],
  code: ['cart.unknown', 'request.invalid', 'no.such-code'],
}

/** Of what kind a field is, by its name; ids of a path are of the kind of the segment before. */
const KINDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(WORDS).map((kind) => [kind, kind])),
  cartId: 'cart',
  productId: 'product',
  orderId: 'order',
  paymentId: 'payment',
  userId: 'user',
  sku: 'sku',
  from: 'warehouse',
  to: 'warehouse',
  category: 'category',
  parent: 'category',
  brand: 'brand',
  method: 'paymentMethod',
  refreshToken: 'refreshToken',
  uploadId: 'upload',
  asset: 'asset',
  seen: 'product',
  attributes: 'filter',
  q: 'q',
  skus: 'sku',
  sha256: 'sha256',
  list: 'list',
  rule: 'rule',
  group: 'group',
  number: 'number',
  'X-Order-Token': 'orderToken',
  'If-Match': 'etag',
  'If-None-Match': 'etag',
}

const RESOURCES: Readonly<Record<string, string>> = {
  reviews: 'contribution',
  questions: 'contribution',
  answers: 'contribution',
  categories: 'category',
  'stock-takes': 'stockTake',
  checkouts: 'order',
}

/** The kind of things an address is about, by its last plural: `carts` are of the kind `cart`. */
function kindOfPath(path: string): string | undefined {
  const segment = path
    .split('/')
    .filter((part) => /[^su]s$/.test(part))
    .at(-1)
  return segment === undefined ? undefined : (RESOURCES[segment] ?? segment.replace(/s$/, ''))
}

/** Of what kind an input is; undefined when nothing told before could stand there. */
export function kindOf(operation: Operation, place: string, name: string): string | undefined {
  if (name === 'after') return `after ${operation.id}`
  if (name === 'id' && operation.path.includes('/media/')) return 'picture'
  if ((name === 'id' || name === 'slug') && place === 'path') {
    return kindOfPath(operation.path.slice(0, operation.path.indexOf(`{${name}}`)))
  }
  // Of an attribute, which is made by naming it.
  if (operation.id === 'setAttribute' && name === 'code') return undefined
  return KINDS[name]
}

export class Pools {
  private readonly known = new Map<string, Known[]>()
  private isFrozen = false

  constructor() {
    for (const [kind, words] of Object.entries(WORDS)) {
      this.known.set(
        kind,
        words.map((value) => ({ value, by: undefined })),
      )
    }
  }

  /** While a finding is made smaller, nothing new may change what its places are filled with. */
  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen
  }

  pick({ kind, pick }: Ref): Known | undefined {
    const all = this.known.get(kind) ?? []
    const few = pick % 2 === 0 ? all.slice(-NEWEST) : all
    return few[Math.floor(pick / 2) % few.length]
  }

  add(kind: string, known: Known): void {
    if (this.isFrozen) return
    const all = this.known.get(kind) ?? []
    const kept = all.filter(({ value }) => value !== known.value).slice(1 - MOST)
    this.known.set(kind, [...kept, known])
  }

  /** Learns from a good answer. */
  learn(operation: Operation, body: Json, told: Omit<Known, 'value'>, etag?: string): void {
    if (etag !== undefined) this.add('etag', { ...told, value: etag })
    if (typeof body !== 'object' || body === null) return
    if (typeof body.next === 'string') {
      this.add(`after ${operation.id}`, { ...told, value: body.next })
    }
    const token = operation.id === 'placeOrder' ? body.token : told.orderToken
    if (typeof body.accessToken === 'string') {
      this.add('accessToken', { value: body.accessToken, by: body.accessToken })
    }
    const things: readonly Json[] = Array.isArray(body.items) ? body.items.slice(0, 5) : [body]
    for (const thing of things) this.learnThing(operation, thing, { ...told, orderToken: token })
  }

  private learnThing(operation: Operation, thing: Json, told: Omit<Known, 'value'>): void {
    if (typeof thing !== 'object' || thing === null) return
    const own = kindOfPath(operation.path)
    if (typeof thing.id === 'string' && own !== undefined) {
      this.add(own, { ...told, value: thing.id })
    }
    // Where its renditions are says what it is called there.
    const asset = /^\/media\/([^/]+)\//.exec(String(thing.url))?.[1]
    if (asset !== undefined) {
      this.add('asset', { ...told, value: asset })
      this.add('picture', { ...told, value: thing.id })
    }
    for (const [name, value] of Object.entries<Json>(thing)) {
      const kind = KINDS[name]
      if (typeof value === 'string' && kind !== undefined && WORDS[kind] === undefined) {
        this.add(kind, { ...told, value })
      }
    }
    if (typeof thing.slug === 'string' && own !== undefined) {
      this.add(own, { ...told, value: thing.slug })
    }
    if (told.orderToken !== undefined) this.add('orderToken', { ...told, value: told.orderToken })
  }
}
