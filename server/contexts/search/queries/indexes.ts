import { LRUCache } from 'lru-cache'

import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { Unavailable } from '#platform/outcome'

import type { Entry } from '../domain/entry.ts'
import { ShopIndex } from '../domain/shop-index.ts'
import {
  availabilityAfter,
  availabilitySince,
  documentsAfter,
  documentsSince,
  FIRST_ID,
  horizonOf,
  LOADED,
  PAGE,
  type Since,
} from '../store/documents.ts'
import type { Stirring } from './stirring.ts'

/** Changes are asked for when those last asked for are older than this. */
const FRESH_MS = 200

/** The same in a shop where nothing happens: only a rebuild or a repair changes what it is found by. */
const QUIET_MS = 10_000

/** Memory of all shops together unless told otherwise; the shop nobody asked for longest is let go of. */
const MOST_BYTES = 384 * 1024 * 1024

/** Products put into an index before others have their turn. */
const A_TURN = 50

/** Who searches while a large shop is read for the first time is asked to come back. */
const PATIENCE_MS = 4000

/**
 * The indexes of the shops that are searched here, each at most 0.2 s older than what is stored; 10 s in a
 * shop of which the log has told nothing for so long, and whose index did not change either.
 */
export interface Indexes {
  /** Throws `Unavailable` when the database is away, or a large shop is still being read. */
  of(tenant: TenantId): Promise<ShopIndex>
  readonly figures: IndexFigures
}

/** Of what this process has in memory. */
export interface IndexFigures {
  readonly shops: number
  readonly products: number
  /** Roughly. */
  readonly bytes: number
  /** Shops read whole since the start: first searches, and those that were let go of or worn. */
  readonly loads: number
}

/** A product as it is stored, null where it is not to be found. */
interface Read {
  readonly product_id: Id
  readonly entry: string | null
}

interface Kept {
  index: ShopIndex
  documents: Since
  availability: Since
  checkedAt: Instant
  /** When a look found something new. */
  changedAt: Instant
  /** The transaction of the change that was read last, by row: those at the horizon are read again. */
  seen: Map<string, string>
  checking: Promise<void> | undefined
  renewing: boolean
}

export function openIndexes(
  platform: Pick<Platform, 'reads' | 'clock' | 'waiting' | 'log'>,
  stirring: Stirring,
  mostBytes = MOST_BYTES,
): Indexes {
  return new Shops(platform, stirring, mostBytes)
}

class Shops implements Indexes {
  private readonly platform: Pick<Platform, 'reads' | 'clock' | 'waiting' | 'log'>
  private readonly stirring: Stirring
  private readonly mostBytes: number
  private readonly kept: LRUCache<TenantId, Kept>
  private readonly loading = new Map<TenantId, Promise<Kept>>()
  private loads = 0

  constructor(platform: Shops['platform'], stirring: Stirring, mostBytes: number) {
    this.platform = platform
    this.stirring = stirring
    this.mostBytes = mostBytes
    this.kept = new LRUCache({ maxSize: mostBytes })
  }

  async of(tenant: TenantId): Promise<ShopIndex> {
    const state = this.kept.get(tenant) ?? (await this.patiently(this.loaded(tenant)))
    if (!this.isFresh(tenant, state)) {
      state.checking ??= this.follow(tenant, state).finally(() => {
        state.checking = undefined
      })
      await state.checking
    }
    if (state.index.isWorn) this.renew(tenant, state)
    return state.index
  }

  private isFresh(tenant: TenantId, { checkedAt, changedAt }: Kept): boolean {
    const now = this.platform.clock.now()
    const age = now - checkedAt
    // A clock that was set back makes ages negative.
    if (age < 0 || age >= QUIET_MS) return false
    if (age < FRESH_MS) return true
    // Changes that nobody was told of seldom come alone: a rebuild, or a worker that catches up.
    return now - changedAt >= QUIET_MS && !this.stirring.isStirred(tenant)
  }

  get figures(): IndexFigures {
    let products = 0
    for (const { index } of this.kept.values()) products += index.products
    return { shops: this.kept.size, products, bytes: this.kept.calculatedSize, loads: this.loads }
  }

  private async load(tenant: TenantId): Promise<Kept> {
    const { reads, clock } = this.platform
    this.loads += 1
    const checkedAt = clock.now()
    // What changes while everything is read is of a transaction behind this.
    const transaction = await horizonOf(reads, tenant)
    const index = new ShopIndex()
    for (let after: Id | undefined = FIRST_ID; after !== undefined;) {
      const rows = await availabilityAfter(reads, tenant, after)
      for (const row of rows) index.setAvailable(row.product_id, row.is_available)
      after = rows.length < LOADED ? undefined : rows.at(-1)?.product_id
    }
    let reading: Promise<readonly Read[]> | undefined = documentsAfter(reads, tenant, FIRST_ID)
    while (reading !== undefined) {
      const rows: readonly Read[] = await reading
      const last = rows.at(-1)?.product_id
      const isMore = rows.length >= LOADED && last !== undefined
      // The next are on their way while these are put in.
      reading = isMore ? documentsAfter(reads, tenant, last) : undefined
      // Should these be unreadable, nobody waits for the next; they fail on their own then.
      reading?.catch(() => undefined)
      await this.putAll(index, rows)
    }
    const since = { transaction, id: FIRST_ID }
    return {
      index,
      documents: since,
      availability: since,
      checkedAt,
      changedAt: checkedAt,
      seen: new Map(),
      checking: undefined,
      renewing: false,
    }
  }

  private async putAll(index: ShopIndex, rows: readonly Read[]): Promise<void> {
    for (const [place, { entry }] of rows.entries()) {
      // Others are answered meanwhile: a few products take a millisecond or two.
      if (place % A_TURN === 0) await this.rest()
      if (entry !== null) index.put(JSON.parse(entry) as Entry, this.platform.clock.now())
    }
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => this.platform.waiting.soon(resolve))
  }

  private keep(tenant: TenantId, state: Kept): void {
    // A shop larger than everything that may be kept is kept alone.
    const size = Math.max(1, Math.min(state.index.bytes, this.mostBytes))
    this.kept.set(tenant, state, { size })
  }

  private loaded(tenant: TenantId): Promise<Kept> {
    const begun = this.loading.get(tenant)
    if (begun !== undefined) return begun
    const made = this.load(tenant)
      .then((state) => {
        this.keep(tenant, state)
        return state
      })
      .finally(() => this.loading.delete(tenant))
    this.loading.set(tenant, made)
    return made
  }

  /** Reads what has changed since the last look, page by page, and puts it into the index. */
  private async follow(tenant: TenantId, state: Kept): Promise<void> {
    const { reads, clock } = this.platform
    const now = clock.now()
    const transaction = await horizonOf(reads, tenant)
    const seen = new Map<string, string>()
    let { changedAt } = state
    const isNews = (name: string, changedIn: string): boolean => {
      seen.set(name, changedIn)
      if (state.seen.get(name) === changedIn) return false
      changedAt = now
      return true
    }
    let documents: Since | undefined = state.documents
    let availability: Since | undefined = state.availability
    while (documents !== undefined || availability !== undefined) {
      const [entries, units] = await Promise.all([
        documents === undefined ? [] : documentsSince(reads, tenant, documents),
        availability === undefined ? [] : availabilitySince(reads, tenant, availability),
      ])
      for (const row of units) {
        if (isNews(`units ${row.product_id}`, row.changed_in)) {
          state.index.setAvailable(row.product_id, row.is_available)
        }
      }
      for (const row of entries) {
        if (!isNews(row.product_id, row.changed_in)) continue
        if (row.entry === null) state.index.remove(row.product_id)
        else state.index.put(JSON.parse(row.entry) as Entry, now)
      }
      documents = nextOf(entries)
      availability = nextOf(units)
    }
    const since = { transaction, id: FIRST_ID }
    Object.assign(state, { documents: since, availability: since, checkedAt: now, changedAt, seen })
    if (this.kept.peek(tenant) === state) this.keep(tenant, state)
  }

  /** An index whose products have changed often is read anew beside and then takes its place. */
  private renew(tenant: TenantId, state: Kept): void {
    if (state.renewing) return
    state.renewing = true
    this.load(tenant)
      .then((fresh) => this.keep(tenant, fresh))
      .catch((error: unknown) => {
        this.platform.log.warn({ err: error, tenant }, 'an index was not renewed')
      })
      .finally(() => {
        state.renewing = false
      })
  }

  private async patiently(work: Promise<Kept>): Promise<Kept> {
    const late = new AbortController()
    const wait = this.platform.waiting.sleep(PATIENCE_MS, late.signal).then(() => undefined)
    const answer = await Promise.race([work, wait])
    late.abort()
    if (answer === undefined) throw new Unavailable('the shop is still being read for search', 2)
    return answer
  }
}

function nextOf(rows: readonly { changed_in: string; product_id: Id }[]): Since | undefined {
  const last = rows.at(-1)
  return rows.length < PAGE || last === undefined
    ? undefined
    : { transaction: last.changed_in, id: last.product_id }
}
