/** One client that asks for anything in turn, remembers what it is told, and judges every answer. */
import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { A, type Answer, type Journey, type Json } from '../journeys/journey.ts'
import { OPERATIONS } from '../journeys/statements-operations.ts'
import type { World } from '../journeys/statements-world.ts'
import type { Document, Operation } from './document.ts'
import { opening, type Plan, plans, type Who } from './generate.ts'
import { type Expected, faultsOf } from './judge.ts'
import { type Known, Pools, Ref } from './pools.ts'
import { bytesOf, messageOf, rawOf } from './raw.ts'
import { type Filled, spoilt } from './spoil.ts'
import { type Bytes, type Heard, Line } from './wire.ts'

/** Something an answer must not be, and the smallest request that was found to bring it about. */
export interface Finding {
  readonly operation: string
  readonly fault: string
  readonly what: string
  readonly request: Buffer
  readonly answer: string
  /** What fast-check needs to make the same plans again. */
  readonly seed: number
}

/** What was answered to the requests for one operation. */
export interface Tally {
  good: number
  refused: number
  /** Of both, by status and code. */
  readonly codes: Map<string, number>
  slowestMs: number
}

/** How often, and for how long, a finding is asked for again, to make it smaller. */
const MOST_SHRINKS = 150
const SHRINK_MS = 5_000

/** A lane that has found so much has said enough. */
const MOST_FINDINGS = 10

type ShopName = Plan['shop']

interface Sent extends Bytes {
  readonly what: string
  readonly expected: Expected
  readonly alone: boolean
}

/** What the lanes of one run share. */
export interface Common {
  readonly journey: Journey
  readonly document: Document
  readonly tallies: Map<string, Tally>
  tokens: Readonly<Record<ShopName, Readonly<Record<string, string>>>>
  /** Tokens end; from then on others are to be used. */
  tokensUntil: number
  world: World
  /** Recipes change what the others see, so one is followed at a time. */
  turn: Promise<unknown>
}

export class Lane {
  readonly findings = new Map<string, Finding>()
  sent = 0
  unprepared = 0
  private readonly common: Common
  private readonly pools: Readonly<Record<ShopName, Pools>> = {
    demo: new Pools(),
    second: new Pools(),
  }
  private readonly line: Line
  private readonly hosts: Readonly<Record<ShopName, string>>
  private readonly seed: number
  /** Plans come in turns, each of a seed of its own. */
  private turns = 0
  private lastKey = 'a key'
  /** The finding that is being made smaller. */
  private hunted: string | undefined
  private shrinks = 0
  private huntedSince = 0

  constructor(common: Common, seed: number) {
    const { port } = common.journey.shop.program
    this.common = common
    this.seed = seed
    this.line = new Line(port)
    this.hosts = { demo: `demo.localhost:${port}`, second: `second.localhost:${port}` }
  }

  /** Sends so many requests in all, and goes on with others when it is asked again; ends sooner when there is too much to find. */
  async run(requests: number): Promise<void> {
    const { document } = this.common
    const arbitrary = plans(document)
    for (; this.sent < requests && this.findings.size < MOST_FINDINGS; this.turns += 1) {
      const seed = this.seed + this.turns * 7919
      this.hunt(undefined)
      await fc.check(
        fc.asyncProperty(arbitrary, async (plan) => {
          // What is enough is found out here: fast-check counts plans, and a plan may be three requests.
          if (this.hunted === undefined && this.sent >= requests) return true
          return this.holds(plan, seed)
        }),
        { seed, numRuns: requests, endOnFailure: false },
      )
    }
    this.line.close()
  }

  /** Asks for every operation as its documentation has it. */
  async open(): Promise<void> {
    for (const plan of opening(this.common.document, this.seed)) {
      if (this.findings.size >= MOST_FINDINGS) return
      this.hunt(undefined)
      await this.holds(plan, this.seed)
    }
  }

  private hunt(finding: string | undefined): void {
    this.hunted = finding
    this.shrinks = 0
    this.huntedSince = performance.now()
    for (const pools of Object.values(this.pools)) pools.freeze(finding !== undefined)
  }

  /** False when the answer to this plan is a finding; while one is made smaller, only that one counts. */
  private async holds(plan: Plan, seed: number): Promise<boolean> {
    // Enough: whoever goes on down without asking is soon at the end.
    if (this.hunted !== undefined) {
      const isLate = performance.now() - this.huntedSince > SHRINK_MS
      if (isLate || (this.shrinks += 1) > MOST_SHRINKS) return false
    }
    for (const { fault, sent, heard } of await this.perform(plan)) {
      const key = `${plan.operation.id}: ${fault}`
      const isHunted = this.hunted === key
      if (!isHunted && (this.hunted !== undefined || this.findings.has(key))) continue
      if (!isHunted) this.hunt(key)
      this.findings.set(key, {
        operation: plan.operation.id,
        fault,
        what: sent.what,
        request: sent.bytes,
        answer: `${heard.status} in ${heard.ms.toFixed(0)} ms: ${heard.text.slice(0, 600)}`,
        seed,
      })
      return false
    }
    return true
  }

  private async perform(plan: Plan): Promise<readonly Found[]> {
    if (performance.now() > this.common.tokensUntil) await signIn(this.common)
    // Its recipe charges at the provider; were the shop never told, that charge would be in limbo.
    const isSpoilt = plan.operation.id === 'hearPaymentProvider' && plan.mode !== 'valid'
    if (!plan.isPrepared || isSpoilt) return this.act(plan, undefined)
    const { common } = this
    const mine = common.turn.then(async () => this.act(plan, await this.prepare(plan)))
    common.turn = mine.catch(() => undefined)
    return mine
  }

  /** Makes what the operation needs; undefined when other requests have made that impossible. */
  private async prepare({ operation }: Plan): Promise<Partial<Prepared> | undefined> {
    const { journey } = this.common
    const before = journey.seen.length
    try {
      return await OPERATIONS[operation.id]?.(this.common.world)
    } catch {
      this.unprepared += 1
      await this.repair()
      return undefined
    } finally {
      const seen = journey.seen.splice(before)
      for (const { method, path, answer } of seen) this.overhear(method, path, answer)
    }
  }

  /** Other requests may have archived the product of all recipes, emptied its shelf, changed its delivery. */
  private async repair(): Promise<void> {
    const { journey, tokens, world } = this.common
    const as = tokens.demo['admin']!
    const delivery = { pickup: 0, post: 7_500, courier: 12_000 }
    await journey.call('PUT', `${A}/price-lists/UAH`, { as, body: { delivery } })
    const product: Json = await journey.aProduct(100_000)
    this.common.world = Object.assign(world.by(journey), { product })
  }

  /** What recipes are told is known as well. */
  private overhear(method: string, path: string, { status, body }: Answer): void {
    const operation = this.common.document.at(method, path)
    if (operation === undefined || status >= 300) return
    this.tally(operation).good += 1
    this.sent += 1
    this.pools.demo.learn(operation, body, { by: undefined })
  }

  private async act(
    plan: Plan,
    prepared: Partial<Prepared> | undefined,
  ): Promise<readonly Found[]> {
    const { filled, shop } = this.fill(plan, prepared)
    const sent = this.meant(plan, filled, this.hosts[shop])
    const heard = sent.alone ? await this.line.askAlone(sent) : await this.line.ask(sent)
    const found = this.judge(plan, sent, heard)
    if (sent.expected === 'documented' && heard.status < 300) {
      this.learn(plan.operation, heard, filled, shop)
      if (plan.key === 'twice' && plan.operation.takesKey) {
        found.push(...this.compare(sent, heard, await this.line.ask(sent)))
        this.sent += 1
      }
    }
    return found
  }

  /** What is sent for a plan: the request itself, one thing of it wrong, or hardly any of it. */
  private meant(plan: Plan, filled: Filled, host: string): Sent {
    const { mode, how, where } = plan
    if (mode === 'raw') {
      const { isUpload } = plan.operation
      return { ...rawOf(messageOf(filled, host), how, where, isUpload), alone: true }
    }
    const wrong = mode === 'broken' ? spoilt(filled, how, where) : undefined
    const bytes = bytesOf(messageOf(wrong ?? filled, host))
    const what = wrong === undefined ? 'as documented' : wrong.what
    const expected = wrong === undefined ? 'documented' : 'refused'
    return { bytes, what, expected, alone: false }
  }

  private judge(plan: Plan, sent: Sent, heard: Heard): Found[] {
    this.sent += 1
    const { document } = this.common
    const tally = this.tally(plan.operation)
    const [method = '', target = ''] = sent.bytes.toString('latin1', 0, 9_000).split(' ')
    const isOther = sent.expected === 'well-formed'
    const operation = isOther ? document.at(method, target) : plan.operation
    if (!isOther || operation === plan.operation) {
      if (heard.status >= 101 && heard.status < 400) tally.good += 1
      else tally.refused += 1
      tally.slowestMs = Math.max(tally.slowestMs, heard.ms)
      const code = heard.status < 400 ? '' : (/"code":"([\w.-]+)"/.exec(heard.text)?.[1] ?? '')
      const name = `${heard.status} ${code}`
      tally.codes.set(name, (tally.codes.get(name) ?? 0) + 1)
    }
    // Whoever hangs up may hear nothing.
    if (heard.status === 0 && sent.hangUp !== undefined) return []
    return faultsOf(heard, sent.expected, operation, document).map((fault) => ({
      fault,
      sent,
      heard,
    }))
  }

  /** The same request with the same key has the same answer. */
  private compare(sent: Sent, first: Heard, second: Heard): Found[] {
    // What was under way may have gone on since.
    const mayDiffer = first.text.includes('"status":"processing"')
    const isSame = first.status === second.status && (mayDiffer || first.text === second.text)
    const isMarked = second.headers['idempotent-replayed'] === 'true'
    if (isSame && isMarked) return []
    const fault = isSame ? 'a repeat that is not marked' : 'a repeat with another answer'
    return [{ fault, sent, heard: { ...second, text: `${second.text}\n  first: ${first.text}` } }]
  }

  private learn(operation: Operation, heard: Heard, filled: Filled, shop: ShopName): void {
    const isJson = /json/.test(heard.headers['content-type'] ?? '')
    const body: Json = isJson ? JSON.parse(heard.text) : undefined
    const by = /^Bearer (.+)$/.exec(filled.headers['authorization'] ?? '')?.[1]
    const orderToken = filled.headers['x-order-token']
    this.pools[shop].learn(operation, body, { by, orderToken }, heard.headers['etag'])
  }

  private tally({ id }: Operation): Tally {
    const { tallies } = this.common
    const known = tallies.get(id) ?? { good: 0, refused: 0, codes: new Map(), slowestMs: 0 }
    tallies.set(id, known)
    return known
  }

  /** Fills the places of a plan with what is known. */
  private fill(
    plan: Plan,
    prepared: Partial<Prepared> | undefined,
  ): { filled: Filled; shop: ShopName } {
    const { operation } = plan
    const shop = prepared === undefined ? plan.shop : 'demo'
    const told: Known[] = []
    const put = (value: unknown): unknown => {
      if (value instanceof Ref) {
        const known = this.pools[shop].pick(value)
        if (known === undefined) return value.otherwise
        told.push(known)
        return known.value
      }
      if (Array.isArray(value)) return value.map(put)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, put(each)]))
    }
    const texts = (values: object): Record<string, string> =>
      Object.fromEntries(Object.entries(values).map(([name, each]) => [name, String(put(each))]))

    const path = { ...texts(plan.path), ...prepared?.path }
    const body = prepared === undefined ? put(plan.body) : prepared.body
    const [maker] = told
    const query =
      prepared === undefined
        ? texts(plan.query)
        : Object.fromEntries(new URLSearchParams(prepared.query ?? ''))
    const headers = {
      'x-forwarded-for': `10.${plan.network >> 16}.${(plan.network >> 8) & 0xff}.${plan.network & 0xff}`,
      ...(prepared === undefined ? this.declaredHeaders(plan, texts, maker) : {}),
      ...this.credentials(plan, shop, maker, prepared),
      ...(operation.takesKey ? this.keyOf(plan) : {}),
      ...(operation.isSocket && plan.how % 4 > 0 ? HANDSHAKE : {}),
      ...prepared?.headers,
    }
    // As it is, and not as JSON: what is signed, and files.
    const asItIs = prepared?.body ?? (operation.isUpload ? body : undefined)
    const signed = typeof asItIs === 'string' ? asItIs : undefined
    return { filled: { operation, path, query, headers, body, signed }, shop }
  }

  private declaredHeaders(
    { headers, where }: Plan,
    texts: (values: object) => Record<string, string>,
    maker: Known | undefined,
  ): Record<string, string> {
    const given = Object.entries(texts(headers)).flatMap(([name, value]) => {
      // Whatever a header holds must be one; the raw mode sends those that are none.
      const isClean = /^[\x21-\x7e]+$/.test(value)
      return isClean ? [[name.toLowerCase(), value] as const] : []
    })
    const own = maker?.orderToken
    return {
      ...Object.fromEntries(given),
      ...(own !== undefined && where % 5 !== 0 ? { 'x-order-token': own } : {}),
    }
  }

  private credentials(
    { who }: Plan,
    shop: ShopName,
    maker: Known | undefined,
    prepared: Partial<Prepared> | undefined,
  ): Record<string, string> {
    if (prepared !== undefined) {
      const { as, orderToken } = prepared
      return {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(orderToken === undefined ? {} : { 'x-order-token': orderToken }),
      }
    }
    const token = who === 'maker' ? maker?.by : this.tokenOf(who, shop)
    return token === undefined ? {} : { authorization: `Bearer ${token}` }
  }

  private tokenOf(who: Who, shop: ShopName): string | undefined {
    if (who === 'guest') return undefined
    if (who === 'someone') {
      return this.pools[shop].pick(new Ref('accessToken', 0, undefined))?.value
    }
    return this.common.tokens[shop][who]
  }

  private keyOf({ key }: Plan): Record<string, string> {
    switch (key) {
      case 'none':
        return {}
      case 'used':
        return { 'idempotency-key': this.lastKey }
      case 'odd':
        return { 'x-idempotency-key': '~'.repeat(300) }
      default:
        this.lastKey = randomUUID()
        return { 'idempotency-key': this.lastKey }
    }
  }
}

/** Everyone signs in anew. */
export async function signIn(common: Common): Promise<void> {
  const { journey, world } = common
  // First of all, so that only one lane sees that it is time.
  common.tokensUntil = performance.now() + 60_000
  const tokensOf = async (shop: ShopName) => ({
    admin: await journey.token('admin', shop),
    warehouse: await journey.token('warehouse', shop),
    courier: await journey.token('courier', shop),
    shopper: await journey.token('shopper', shop),
  })
  common.tokens = { demo: await tokensOf('demo'), second: await tokensOf('second') }
  const { admin = '', shopper = '' } = common.tokens.demo
  common.world = Object.assign(world.by(journey), { admin, shopper })
}

/** Of who wants to go on with another protocol (RFC 6455 section 4.1). */
const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

interface Found {
  readonly fault: string
  readonly sent: Sent
  readonly heard: Heard
}

/** What a recipe says of the call it has prepared. */
interface Prepared {
  readonly path: Readonly<Record<string, string>>
  readonly query: string
  readonly body: unknown
  readonly as: string
  readonly orderToken: string
  readonly headers: Readonly<Record<string, string>>
}
