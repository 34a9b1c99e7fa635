import type { Clock, Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import { Shares, type SharedKind } from './sharing.ts'

/** An answer, how much room it takes, and what it was made of: whatever changes of that drops it. */
export interface Made<V> {
  readonly value: V
  readonly size: number
  readonly touches: readonly string[]
}

export interface KeptOptions<V> {
  readonly clock: Clock
  /** In the unit of `Made.size`: bytes, or entries where each has size 1. */
  readonly maxSize: number
  /** How old an answer may be of which nobody said that it still holds. */
  readonly maxAgeMs: number
  /** How old it may be whoever says so; without it there is no limit. */
  readonly mostMs?: number
  /** Every change up to then has been told by `drop`; absent where nobody tells of changes. */
  readonly currentTo?: () => Instant
  /**
   * Shares what is worth keeping with other processes. Who does must hear the tail and call `drop`,
   * `dropAllOf` and `dropAll` while it tells.
   */
  readonly shared?: SharedKind<V>
}

interface Dated<V> extends Made<V> {
  readonly asOf: Instant
  /** From this age on it is made anew, though it may be given for longer. */
  readonly renewMs: number
}

interface Entry<V> extends Dated<V> {
  readonly tenant: TenantId
  readonly key: string
  /** Whether it was given since it came to its place in the order. */
  isUsed: boolean
}

interface OfShop<V> {
  readonly entries: Map<string, Entry<V>>
  readonly touching: Map<string, Set<Entry<V>>>
}

/** Whoever was used goes behind the others instead of going; so many at most, so that nobody waits for all. */
const CHANCES = 16

interface Making<V> {
  /** What others may join; many at once are not joined. */
  made?: Promise<V>
  /** What changed while it was being made. */
  readonly dropped: Set<string>
  isOverall: boolean
}

/**
 * Answers of one kind that are dropped as soon as something they are made of changes, and are never
 * older than `maxAgeMs` even if nobody tells. The oldest go first, but for those that were used since
 * they were looked at last: giving an answer moves nothing.
 *
 * Whoever asks after a `drop` gets nothing that was read before it: what is being made is not joined
 * any more, and is not kept if it was made of what changed.
 */
export class Kept<V> {
  readonly #options: KeptOptions<V>
  readonly #shares: Shares<V> | undefined
  readonly #shops = new Map<TenantId, OfShop<V>>()
  /** Who is to go first, first. */
  readonly #order = new Set<Entry<V>>()
  /** Stands before the first: to begin anew each time would pass over all that has been deleted. */
  #first = this.#order.values()
  readonly #making = new Map<string, Making<V>>()
  /** By tenant: all that is being made, joined or not. */
  readonly #underWay = new Map<TenantId, Set<Making<V>>>()
  #size = 0
  /** Answers given from memory, those taken from other processes, and those that had to be made. */
  readonly figures = { kept: 0, taken: 0, made: 0 }

  constructor(options: KeptOptions<V>) {
    this.#options = options
    const { shared, clock } = options
    this.#shares = shared === undefined ? undefined : new Shares(shared, clock)
  }

  get size(): number {
    return this.#size
  }

  /** What is kept and still holds. */
  get(tenant: TenantId, key: string): V | undefined {
    const entry = this.#shops.get(tenant)?.entries.get(key)
    if (entry === undefined) return undefined
    const now = this.#options.clock.now()
    if (!this.#isYoung(entry.asOf, now)) {
      this.#remove(entry)
      return undefined
    }
    if (now - entry.asOf >= entry.renewMs) return undefined
    if (!entry.isUsed) entry.isUsed = true
    this.figures.kept += 1
    return entry.value
  }

  /** What is kept, else what `make` makes; `isWorthKeeping` says whether that is kept in turn. */
  of(
    tenant: TenantId,
    key: string,
    make: () => Promise<Made<V>>,
    isWorthKeeping = true,
  ): V | Promise<V> {
    const kept = this.get(tenant, key)
    if (kept !== undefined) return kept
    const name = `${tenant} ${key}`
    const begun = this.#making.get(name)
    if (begun?.made !== undefined) return begun.made
    const asOf = this.#options.clock.now()
    const reach = this.#shares?.heard()
    const making: Making<V> = { dropped: new Set(), isOverall: false }
    this.#begin(tenant, making)
    const sharing = isWorthKeeping ? this.#shares : undefined
    const fresh = async (): Promise<Dated<V>> => {
      this.figures.made += 1
      const renewMs = sharing === undefined ? Infinity : sharing.share() * this.#options.maxAgeMs
      return { ...(await make()), asOf, renewMs }
    }
    const made = (sharing === undefined ? fresh() : this.#taken(sharing, tenant, key, fresh))
      .then((answer) => {
        const isStale =
          making.isOverall || answer.touches.some((touch) => making.dropped.has(touch))
        if (!isWorthKeeping || isStale) return answer.value
        this.#keep(tenant, key, answer)
        if (reach !== undefined && answer.renewMs < Infinity) {
          sharing?.give(tenant, key, { ...answer, reach }, this.#forMs(asOf))
        }
        return answer.value
      })
      .finally(() => {
        this.#end(tenant, making)
        if (this.#making.get(name) === making) this.#making.delete(name)
      })
    making.made = made
    this.#making.set(name, making)
    return made
  }

  /** Remembers something that is true whatever changes. */
  put(tenant: TenantId, key: string, value: V): void {
    const asOf = this.#options.clock.now()
    this.#keep(tenant, key, { value, size: 1, touches: [], asOf, renewMs: Infinity })
  }

  /**
   * Many small answers at once, each dropped by its own key or by what it touches: those that are
   * kept, and the others as `load` finds them. `sizeOf` each is 1.
   */
  async all(
    tenant: TenantId,
    keys: ReadonlyMap<string, readonly string[]>,
    load: (missing: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  ): Promise<ReadonlyMap<string, V>> {
    const found = new Map<string, V>()
    const missing: string[] = []
    for (const key of keys.keys()) {
      const kept = this.get(tenant, key)
      if (kept === undefined) missing.push(key)
      else found.set(key, kept)
    }
    if (missing.length === 0) return found
    this.figures.made += missing.length

    const asOf = this.#options.clock.now()
    const making: Making<V> = { dropped: new Set(), isOverall: false }
    this.#begin(tenant, making)
    try {
      const loaded = await load(missing)
      for (const key of missing) {
        const value = loaded.get(key)
        if (value === undefined) continue
        found.set(key, value)
        const touches = keys.get(key) ?? []
        const isStale = [key, ...touches].some((touch) => making.dropped.has(touch))
        if (isStale || making.isOverall) continue
        this.#keep(tenant, key, { value, size: 1, touches, asOf, renewMs: Infinity })
      }
      return found
    } finally {
      this.#end(tenant, making)
    }
  }

  /** Something changed that answers of this shop may be made of, or that is one's own key. */
  drop(tenant: TenantId, touch: string): void {
    this.#shares?.changed(tenant, touch)
    const shop = this.#shops.get(tenant)
    const own = shop?.entries.get(touch)
    if (own !== undefined) this.#remove(own)
    for (const entry of shop?.touching.get(touch) ?? []) this.#remove(entry)
    this.#leave(tenant, (making) => making.dropped.add(touch))
  }

  /** Anything of a shop may have changed. */
  dropAllOf(tenant: TenantId): void {
    this.#shares?.changed(tenant)
    for (const entry of this.#shops.get(tenant)?.entries.values() ?? []) this.#remove(entry)
    this.#leave(tenant, (making) => (making.isOverall = true))
  }

  /** Anything may have changed. */
  dropAll(): void {
    this.#shares?.lost()
    for (const tenant of new Set([...this.#shops.keys(), ...this.#underWay.keys()])) {
      this.dropAllOf(tenant)
    }
  }

  #isYoung(asOf: Instant, now: Instant): boolean {
    const { maxAgeMs, mostMs = Infinity, currentTo } = this.#options
    const age = now - Math.max(asOf, currentTo?.() ?? 0)
    // A clock that was set back makes ages negative.
    return age < maxAgeMs && now - asOf < mostMs && asOf <= now
  }

  /** How long an answer may be of use to others. */
  #forMs(asOf: Instant): number {
    const { maxAgeMs, mostMs = maxAgeMs, clock } = this.#options
    return mostMs - (clock.now() - asOf)
  }

  /**
   * What another process has made, else what `fresh` makes. Who made the last one itself and makes it
   * anew before its time takes only what is newer, so of all processes one goes on making it.
   */
  async #taken(
    shares: Shares<V>,
    tenant: TenantId,
    key: string,
    fresh: () => Promise<Dated<V>>,
  ): Promise<Dated<V>> {
    const taken = await shares.take(tenant, key, {
      since: this.#shops.get(tenant)?.entries.get(key)?.asOf ?? 0,
      isYoung: (asOf) => this.#isYoung(asOf, this.#options.clock.now()),
    })
    if (taken === undefined) return fresh()
    this.figures.taken += 1
    return { ...taken, renewMs: Infinity }
  }

  #begin(tenant: TenantId, making: Making<V>): void {
    const underWay = this.#underWay.get(tenant) ?? new Set()
    this.#underWay.set(tenant, underWay.add(making))
  }

  #end(tenant: TenantId, making: Making<V>): void {
    const underWay = this.#underWay.get(tenant)
    underWay?.delete(making)
    if (underWay?.size === 0) this.#underWay.delete(tenant)
  }

  /** Nobody joins any more what was begun before this. */
  #leave(tenant: TenantId, tell: (making: Making<V>) => void): void {
    const underWay = this.#underWay.get(tenant)
    if (underWay === undefined) return
    for (const making of underWay) tell(making)
    for (const [name, making] of this.#making) if (underWay.has(making)) this.#making.delete(name)
  }

  #keep(tenant: TenantId, key: string, made: Dated<V>): void {
    if (made.size > this.#options.maxSize) return
    const before = this.#shops.get(tenant)?.entries.get(key)
    if (before !== undefined) this.#remove(before)
    const { value, size, touches, asOf, renewMs } = made
    const entry: Entry<V> = { tenant, key, value, size, touches, asOf, renewMs, isUsed: false }
    const shop = this.#shops.get(tenant) ?? { entries: new Map(), touching: new Map() }
    this.#shops.set(tenant, shop)
    shop.entries.set(key, entry)
    this.#order.add(entry)
    this.#size += size
    for (const touch of touches) {
      const touching = shop.touching.get(touch) ?? new Set()
      shop.touching.set(touch, touching.add(entry))
    }
    this.#makeRoom()
  }

  #makeRoom(): void {
    let chances = CHANCES
    while (this.#size > this.#options.maxSize) {
      const { value: first } = this.#first.next()
      if (first === undefined) this.#first = this.#order.values()
      else if (first.isUsed && chances > 0) {
        chances -= 1
        first.isUsed = false
        this.#order.delete(first)
        this.#order.add(first)
      } else this.#remove(first)
    }
  }

  #remove(entry: Entry<V>): void {
    const { tenant, key, size, touches } = entry
    const shop = this.#shops.get(tenant)
    if (shop === undefined || !this.#order.delete(entry)) return
    this.#size -= size
    shop.entries.delete(key)
    if (shop.entries.size === 0) this.#shops.delete(tenant)
    for (const touch of touches) {
      const touching = shop.touching.get(touch)
      touching?.delete(entry)
      if (touching?.size === 0) shop.touching.delete(touch)
    }
  }
}
