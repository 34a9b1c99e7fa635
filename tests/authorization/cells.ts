/** Every question of the matrix: operation × who asks × whose object, in each place that takes an id. */
import type { Answer, Json } from '../journeys/journey.ts'
import { expected, type Expected, type Whose } from './expected.ts'
import { OF_SHOP, OF_USERS, OWNED, TOKENS, type Kind, type ObjectKind } from './kinds.ts'
import type { Operation, Place } from './operations.ts'
import type { Account, Accounts, Person } from './people.ts'
import { GOOD } from './requests.ts'
import type { Owner, Thing, Things } from './things.ts'

export interface Cell {
  readonly operation: Operation
  readonly person: Person
  /** The place that is asked about; undefined where the operation names nothing. */
  readonly place: Place | undefined
  readonly whose: Whose
  readonly expected: Expected
}

export interface Asked {
  readonly cell: Cell
  readonly answer: Answer
  /** What a `GET` is answered when only its head is asked for. */
  readonly head: Answer | undefined
  /** Every id that was sent. */
  readonly sent: readonly string[]
}

const OWNED_KINDS: readonly Kind[] = OWNED
const OBJECTS: readonly Kind[] = [...OWNED, ...TOKENS, ...OF_SHOP]

/** Opened by what is shown beside its id. */
const WITH_KEY: readonly Kind[] = ['order', 'payment', 'return']

export function cellsOf(operations: readonly Operation[], people: readonly Person[]): Cell[] {
  return operations.flatMap((operation) =>
    people.flatMap((person) => {
      const cell = (place: Place | undefined, whose: Whose): Cell => {
        const kind = place?.kind ?? 'plain'
        const derived = operation.isPlatform
          ? whose === 'missing'
            ? 'nothing'
            : 'opens'
          : expected(operation.access, person, kind, whose)
        return { operation, person, place, whose, expected: derived }
      }
      const probed = operation.places.flatMap((place) =>
        variantsOf(place, person).map((whose) => cell(place, whose)),
      )
      const isNamed = operation.places.some(({ kind }) => OBJECTS.includes(kind))
      return isNamed ? probed : [cell(undefined, 'none'), ...probed]
    }),
  )
}

function variantsOf({ kind, malformed }: Place, { is }: Person): Whose[] {
  const broken: Whose[] = malformed === undefined ? [] : ['malformed']
  if (kind === 'name' || kind === 'piece') return broken
  if (!OBJECTS.includes(kind)) return ['missing', ...broken]
  if (!OWNED_KINDS.includes(kind)) return ['ours', 'other shop', 'missing', ...broken]
  const isPerson = typeof is === 'object'
  const isOfUser = OF_USERS.includes(kind)
  return [
    ...(isPerson ? (['self'] as const) : []),
    ...(isOfUser ? [] : (['guest'] as const)),
    'bystander',
    'other shop',
    ...(WITH_KEY.includes(kind) ? KEYS_SHOWN : []),
    'missing',
    ...broken,
  ]
}

const KEYS_SHOWN: readonly Whose[] = [
  'guest, key shown',
  'bystander, key shown',
  'bystander, wrong key',
  'bystander, empty key',
  'other shop, key shown',
]

/** Made anew for each request that may use it up. */
const USED_UP: readonly Kind[] = [
  ...TOKENS,
  'cart',
  'order',
  'payment',
  'session',
  'transfer',
  'stockTake',
  'asset',
  'synonym',
  'contribution',
  'keptAddress',
  'wish',
  'return',
]

export class Asking {
  private readonly things: Things
  private readonly accounts: Accounts
  private readonly shared = new Map<string, Promise<Thing>>()

  constructor(things: Things, accounts: Accounts) {
    this.things = things
    this.accounts = accounts
  }

  async ask(cell: Cell): Promise<Asked> {
    const { operation, person, place, whose } = cell
    const good = GOOD[operation.id] ?? {}
    const isUsedUp = cell.expected === 'opens' && operation.method !== 'GET'
    if (isUsedUp) await good.before?.(this.things)
    const values = new Map<Place, Thing>()
    for (const each of operation.places) {
      values.set(each, await this.thingFor(cell, each, isUsedUp))
    }
    const valueOf = (kind: Kind): string =>
      [...values].find(
        ([each]) => each.kind === kind && (each === place || kind !== place?.kind),
      )?.[1].id ?? ''
    let path = operation.path
    for (const [name, word] of Object.entries(good.path ?? {})) {
      path = path.replace(`{${name}}`, word)
    }
    const query = new URLSearchParams(good.query)
    let shown: Readonly<Record<string, string>> = {}
    for (const [each, { id, shown: key }] of values) {
      const name = each.at[0] ?? ''
      if (each.in === 'path') path = path.replace(`{${name}}`, encodeURIComponent(id))
      if (each.in === 'query' && each === place) query.set(name, id)
      const isShown = each === place ? whose.endsWith('key shown') : true
      if (isShown && key !== undefined) shown = { ...shown, ...key }
    }
    if (whose.endsWith('wrong key')) {
      shown = { ...shown, ...(await this.one('order', 'demo', 'guest')).shown }
    }
    if (whose.endsWith('empty key')) shown = { ...shown, 'x-order-token': '' }
    const body = good.body?.((kind) => valueOf(kind), place)
    if (place?.in === 'body' && body !== undefined) put(body, place.at, values.get(place)?.id)
    const to = query.size === 0 ? path : `${path}?${query.toString()}`
    const type = operation.isUpload ? { 'content-type': 'application/octet-stream' } : {}
    const ask = { headers: { ...type, ...person.headers, ...shown }, body }
    const { journey } = this.things
    const answer = await journey.call(operation.method, to, ask)
    const head = operation.method === 'GET' ? await journey.call('HEAD', to, ask) : undefined
    const sent = [path, JSON.stringify(body ?? ''), JSON.stringify(shown), String(query)]
    return { cell, answer, head, sent: [...sent, ...[...values.values()].map(({ id }) => id)] }
  }

  /** Makes what a request will look at, and asks nothing. */
  async prepare(cell: Cell): Promise<void> {
    for (const each of cell.operation.places) await this.thingFor(cell, each, false)
  }

  private async thingFor(cell: Cell, place: Place, isUsedUp: boolean): Promise<Thing> {
    const { kind } = place
    const { operation, person } = cell
    const whose = place === cell.place ? cell.whose : this.usual(kind, person)
    if (whose === 'missing') return { id: missing(kind) }
    if (whose === 'malformed') return { id: place.malformed ?? '' }
    if (!isObject(kind)) return { id: wordFor(operation, kind) }
    const isThere = whose.startsWith('other shop')
    const owner = this.ownerOf(whose, person, kind)
    const { thing } = GOOD[operation.id] ?? {}
    const isSubject = operation.places.find((each) => isObject(each.kind)) === place
    if (thing !== undefined && isSubject && isUsedUp && !isThere) return thing(this.things, owner)
    const isChanged = operation.path.endsWith('/products/{id}') && operation.method !== 'GET'
    if (isUsedUp && !isThere && (USED_UP.includes(kind) || (isChanged && kind === 'product'))) {
      return this.things.make(kind, 'demo', owner)
    }
    return this.one(kind, isThere ? 'second' : 'demo', owner)
  }

  /** What stands in the other places of a request: something that opens to whoever asks. */
  private usual(kind: Kind, { is }: Person): Whose {
    if (OF_USERS.includes(kind)) return typeof is === 'object' ? 'self' : 'bystander'
    return OWNED_KINDS.includes(kind) ? 'guest, key shown' : 'ours'
  }

  private ownerOf(whose: Whose, { is }: Person, kind: Kind): Owner {
    if (whose === 'self' && typeof is === 'object') return this.accountOf(is.userId)
    if (whose.startsWith('bystander')) return this.accounts.bystander
    if (!OF_USERS.includes(kind) && kind !== 'refreshToken') return 'guest'
    return whose.startsWith('other shop') ? this.accounts.thereShopper : this.accounts.bystander
  }

  private accountOf(userId: string): Account {
    const found = (Object.values(this.accounts) as Account[]).find(({ id }) => id === userId)
    if (found === undefined) throw new Error(`${userId} has no account`)
    return found
  }

  /** The same one for all requests that leave it as it is. */
  one(kind: ObjectKind, shop: 'demo' | 'second', owner: Owner): Promise<Thing> {
    const name = `${shop} ${kind} ${owner === 'guest' ? owner : owner.id}`
    const known = this.shared.get(name) ?? this.things.make(kind, shop, owner)
    this.shared.set(name, known)
    return known
  }

  /** What was made to be looked at, with whose it is. */
  async made(): Promise<readonly { readonly name: string; readonly thing: Thing }[]> {
    return Promise.all(
      [...this.shared].map(async ([name, thing]) => ({ name, thing: await thing })),
    )
  }
}

const WORDS: Readonly<Record<string, string>> = {
  name: 'USD',
  setPriceRule: 'special-list.m-named',
  setCategory: 'named',
  setBrand: 'named',
  getRendition: '160.webp',
  putPicturePiece: crypto.randomUUID(),
  listPicturePieces: crypto.randomUUID(),
  addPictureOfPieces: crypto.randomUUID(),
  piece: '0',
  provider: 'test',
  problem: 'internal',
}

export function isObject(kind: Kind): kind is ObjectKind {
  return OBJECTS.includes(kind)
}

/** What stands where no object is named. */
export function wordFor({ id }: Operation, kind: Kind): string {
  return WORDS[kind === 'name' ? id : kind] ?? WORDS[kind] ?? ''
}

const NO_ID = crypto.randomUUID()

/** Well-formed, and nobody has one. */
function missing(kind: Kind): string {
  const words: Readonly<Record<string, string>> = {
    sku: 'NO-SUCH-SKU',
    orderNumber: '2222-2222-2222',
    warehouse: 'no-such-warehouse',
    otherWarehouse: 'no-such-warehouse',
    category: 'no-such-category',
    brand: 'no-such-brand',
    priceList: 'CHF',
    priceRule: 'group.no-such-group',
    priceGroup: 'no-such-group',
    specialList: 'no-such-list',
    assetName: `${NO_ID}-0123456789abcdef`,
    provider: 'no-such-provider',
    problem: 'no.such-problem',
  }
  return words[kind] ?? NO_ID
}

/** Puts a text where a body has its place; in a list, into every item. */
export function put(body: Json, at: readonly string[], value: unknown): void {
  const [name = '', ...rest] = at
  if (name === '*') for (const item of body) put(item, rest, value)
  else if (rest.length === 0) body[name] = value
  else if (rest[0] === '*' && rest.length === 1) body[name] = [value]
  else {
    body[name] ??= rest[0] === '*' ? [{}] : {}
    put(body[name], rest, value)
  }
}
