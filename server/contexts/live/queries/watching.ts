import type { Availabilities, Availability, AvailabilityWord } from '#context/inventory'
import type { LiveFacts, LiveProducts } from '#context/catalog'
import { type Tail, writeReach } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { GoneProduct, LiveProduct } from '../contract.ts'

/** Who watches: hears the newest of a product, as JSON, whenever that is another. */
export interface Watcher {
  tell(productId: Id, json: string): void
}

/** A product is told of at most so often (twice a second). */
const REST_MS = 500
/** Products that one look reads. */
const AT_ONCE = 200
/** After a look that failed. */
const AGAIN_MS = 250

const BEST_FIRST: readonly AvailabilityWord[] = ['in-stock', 'low', 'preorder', 'out']

interface Watched {
  readonly tenant: TenantId
  readonly id: Id
  readonly watchers: Set<Watcher>
  /** What moves when there is more or less of it. */
  units: readonly string[]
  /** What was told last, without its position, and with it. */
  body: string | undefined
  json: string | undefined
  /** Who came while the state was not known to be the newest: told after the next look begins. */
  awaiting: Set<Watcher>
  isReading: boolean
  restUntil: number
}

export interface Watching {
  /** Tells the newest of each at once, then whenever one is another. */
  watch(tenant: TenantId, ids: readonly Id[], watcher: Watcher): void
  leave(tenant: TenantId, id: Id, watcher: Watcher): void
  /** Products that somebody watches. */
  readonly watched: number
}

export interface WatchingParts {
  readonly products: LiveProducts
  readonly words: Availabilities
  readonly tail: Tail
}

/**
 * Keeps what open pages show in step with the log: a look at everything that has changed, once for
 * all who watch it, however many they are. The state is told and not the change, so one that is
 * missed is in the next.
 */
export function openWatching(platform: Surroundings, parts: WatchingParts): Watching {
  return new Pages(platform, parts)
}

type Surroundings = Pick<Platform, 'clock' | 'waiting' | 'log'>

const nameOf = (tenant: TenantId, id: string): string => `${tenant} ${id}`

class Pages implements Watching {
  readonly #platform: Surroundings
  readonly #parts: WatchingParts
  readonly #all = new Map<string, Watched>()
  readonly #byUnit = new Map<string, Set<Watched>>()
  readonly #dirty = new Set<Watched>()
  #isLooking = false
  #isPlanned = false

  constructor(platform: Surroundings, parts: WatchingParts) {
    this.#platform = platform
    this.#parts = parts
    parts.tail.hear({
      told: ({ tenant, type, stream }) => this.#told(tenant, type, stream),
      moved: ({ tenant, unit }) => {
        for (const each of this.#byUnit.get(nameOf(tenant, unit)) ?? []) this.#dirty.add(each)
      },
      lost: () => {
        for (const each of this.#all.values()) this.#dirty.add(each)
      },
      caughtUp: () => void this.#look(),
    })
  }

  get watched(): number {
    return this.#all.size
  }

  watch(tenant: TenantId, ids: readonly Id[], watcher: Watcher): void {
    for (const id of ids) {
      const name = nameOf(tenant, id)
      const watched = this.#all.get(name) ?? begun(tenant, id)
      this.#all.set(name, watched)
      watched.watchers.add(watcher)
      const isNewest = !this.#dirty.has(watched) && !watched.isReading
      if (watched.json !== undefined && isNewest) watcher.tell(id, watched.json)
      else {
        watched.awaiting.add(watcher)
        this.#dirty.add(watched)
      }
    }
    if (this.#dirty.size > 0) this.#plan(1)
  }

  leave(tenant: TenantId, id: Id, watcher: Watcher): void {
    const watched = this.#all.get(nameOf(tenant, id))
    watched?.awaiting.delete(watcher)
    if (watched === undefined || !watched.watchers.delete(watcher)) return
    if (watched.watchers.size > 0) return
    this.#follow(watched, [])
    this.#dirty.delete(watched)
    this.#all.delete(nameOf(tenant, id))
  }

  #told(tenant: TenantId, type: string, stream: string): void {
    if (type.startsWith('catalog.product-')) {
      const watched = this.#all.get(nameOf(tenant, stream.slice(stream.indexOf('/') + 1)))
      if (watched !== undefined) this.#dirty.add(watched)
    } else if (/^inventory\.(threshold|backorder)-set$|^inventory\.settings-/.test(type)) {
      for (const each of this.#all.values()) if (each.tenant === tenant) this.#dirty.add(each)
    }
  }

  /** At once for what may be told, later for what rests. */
  async #look(): Promise<void> {
    if (this.#isLooking || this.#dirty.size === 0) return
    const { clock, log } = this.#platform
    this.#isLooking = true
    try {
      const now = clock.now()
      const due = [...this.#dirty].filter(({ restUntil }) => restUntil <= now)
      for (const [tenant, those] of Map.groupBy(due, (each) => each.tenant)) {
        for (let first = 0; first < those.length; first += AT_ONCE) {
          await this.#refresh(tenant, those.slice(first, first + AT_ONCE))
        }
      }
    } catch (error) {
      log.warn({ err: error }, 'open pages could not be told of what has changed')
      this.#plan(AGAIN_MS)
    } finally {
      this.#isLooking = false
    }
    if (this.#dirty.size === 0) return
    const soonest = Math.min(...[...this.#dirty].map(({ restUntil }) => restUntil))
    this.#plan(Math.max(1, soonest - clock.now()))
  }

  #plan(ms: number): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#platform.waiting.after(ms, () => {
      this.#isPlanned = false
      void this.#look()
    })
  }

  async #refresh(tenant: TenantId, those: readonly Watched[]): Promise<void> {
    const served = new Map(those.map((each) => [each, each.awaiting]))
    for (const each of those) {
      // What changes from here on is told of again.
      this.#dirty.delete(each)
      each.awaiting = new Set()
      each.isReading = true
    }
    try {
      await this.#tell(tenant, those, served)
    } catch (error) {
      for (const each of those) {
        for (const watcher of served.get(each) ?? []) each.awaiting.add(watcher)
        if (this.#all.get(nameOf(tenant, each.id)) === each) this.#dirty.add(each)
      }
      throw error
    } finally {
      for (const each of those) each.isReading = false
    }
  }

  async #tell(
    tenant: TenantId,
    those: readonly Watched[],
    served: ReadonlyMap<Watched, ReadonlySet<Watcher>>,
  ): Promise<void> {
    const { tail, products, words } = this.#parts
    const { era, xid } = tail.seen
    const position = writeReach({ era, xid: xid - 1n })
    const facts = await products.facts(
      tenant,
      those.map(({ id }) => id),
    )
    const skus = facts.flatMap((each) => each.variants.map(({ sku }) => sku))
    const standing =
      skus.length === 0 ? new Map<string, Availability>() : await words.of(tenant, skus)
    const found = new Map(facts.map((each) => [each.productId, each]))
    const until = this.#platform.clock.now() + REST_MS
    for (const each of those) {
      if (this.#all.get(nameOf(tenant, each.id)) !== each) continue
      const fact = found.get(each.id)
      this.#follow(each, fact?.variants.flatMap(({ units }) => units) ?? [])
      const said = sayingOf(each.id, fact, standing)
      const body = JSON.stringify(said)
      const told = body === each.body ? served.get(each) : each.watchers
      each.body = body
      each.json = JSON.stringify({ ...said, position })
      each.restUntil = until
      for (const watcher of told ?? []) {
        // Who came meanwhile may have heard of something newer elsewhere.
        if (!each.awaiting.has(watcher)) watcher.tell(each.id, each.json)
      }
    }
  }

  #follow(watched: Watched, units: readonly string[]): void {
    for (const unit of watched.units) {
      const those = this.#byUnit.get(nameOf(watched.tenant, unit))
      those?.delete(watched)
      if (those?.size === 0) this.#byUnit.delete(nameOf(watched.tenant, unit))
    }
    watched.units = units
    for (const unit of units) {
      const those = this.#byUnit.get(nameOf(watched.tenant, unit)) ?? new Set()
      this.#byUnit.set(nameOf(watched.tenant, unit), those.add(watched))
    }
  }
}

function begun(tenant: TenantId, id: Id): Watched {
  return {
    tenant,
    id,
    watchers: new Set(),
    units: [],
    body: undefined,
    json: undefined,
    awaiting: new Set(),
    isReading: false,
    restUntil: 0,
  }
}

function sayingOf(
  productId: Id,
  fact: LiveFacts | undefined,
  standing: ReadonlyMap<string, Availability>,
): Omit<LiveProduct, 'position'> | Omit<GoneProduct, 'position'> {
  if (fact?.isVisible !== true) return { productId, gone: true }
  const { version, price, variants } = fact
  const each = variants.map(({ sku }) => ({ sku, availability: standing.get(sku)?.word ?? 'out' }))
  const availability = bestOf(each.map((variant) => variant.availability))
  const said = { productId, version, price, availability }
  return each.length > 1 ? { ...said, variants: each } : said
}

function bestOf(words: readonly AvailabilityWord[]): AvailabilityWord {
  return BEST_FIRST.find((each) => words.includes(each)) ?? 'out'
}
