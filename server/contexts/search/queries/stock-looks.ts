import type { Availabilities, Availability, BundlesOf } from '#context/inventory'
import type { Tail } from '#platform/cache/tail'
import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { Shown } from '../domain/entry.ts'
import { openMoves, type Moves } from './moves.ts'

/** A look that nobody says to hold is good for so long. */
const FRESH_MS = 1000

/** A look is made anew after so long, whoever says that nothing moved. */
const MOST_MS = 300_000

/**
 * The same for looks at an entry that is new here: inventory may not have known yet that the product has
 * become a bundle.
 */
const NEW_MS = 10_000

/** What is sold out of what is about to be shown, at most 1 s old; what is sold ahead is not. */
export interface StockLooks {
  soldOut(tenant: TenantId, entries: readonly Shown[]): Promise<readonly Id[]>
  /** Products whose stock was known, and those for which it was read, since the start. */
  readonly figures: { readonly known: number; readonly read: number }
}

export interface StockLookParts {
  readonly availabilities: Availabilities
  readonly bundles: BundlesOf
  /** Where it is followed, a look holds until the log tells that units moved. */
  readonly tail?: Tail | undefined
}

interface Stock {
  readonly at: Instant
  readonly words: ReadonlyMap<string, Availability>
  readonly bundles: ReadonlySet<string>
}

interface Gathering {
  readonly skus: Set<string>
  readonly stock: Promise<Stock>
}

export function openStockLooks(
  platform: Pick<Platform, 'clock' | 'waiting'>,
  parts: StockLookParts,
): StockLooks {
  return new Looks(platform, parts)
}

/** Everyone who asks in one turn of the event loop is answered by one statement a shop. */
class Looks implements StockLooks {
  readonly figures = { known: 0, read: 0 }
  private readonly platform: Pick<Platform, 'clock' | 'waiting'>
  private readonly parts: StockLookParts
  private readonly moves: Moves
  private readonly groups = new Map<TenantId, Gathering>()
  /** The SKUs of bundles, as long as the same answer says so. */
  private readonly bundleSkus = new WeakMap<ReadonlyMap<string, unknown>, ReadonlySet<string>>()

  constructor(platform: Looks['platform'], parts: StockLookParts) {
    this.platform = platform
    this.parts = parts
    this.moves = openMoves(platform.clock, parts.tail, MOST_MS)
  }

  async soldOut(tenant: TenantId, entries: readonly Shown[]): Promise<readonly Id[]> {
    const now = this.platform.clock.now()
    const unseen = entries.filter((entry) => !this.holds(tenant, entry, now))
    this.figures.known += entries.length - unseen.length
    if (unseen.length > 0) {
      this.figures.read += unseen.length
      const { at, words, bundles } = await this.stockOf(
        tenant,
        unseen.flatMap(({ skus }) => skus),
      )
      for (const entry of unseen) {
        const { skus } = entry
        const isSoldOut = skus.every((sku) => (words.get(sku)?.word ?? 'out') === 'out')
        const isShort = isSoldOut || skus.some((sku) => bundles.has(sku))
        const firstAt = entry.knownAt ?? entry.look?.firstAt ?? at
        entry.look = { at, firstAt, isSoldOut, isShort }
      }
    }
    return entries.filter(({ look }) => look?.isSoldOut === true).map(({ id }) => id)
  }

  private holds(tenant: TenantId, entry: Shown, now: Instant): boolean {
    const { look } = entry
    // A clock that was set back makes ages negative.
    if (look === undefined || look.at > now) return false
    if (now - look.at >= (look.at - look.firstAt < NEW_MS ? NEW_MS : MOST_MS)) return false
    const knownTo = look.isShort ? look.at : Math.max(look.at, this.parts.tail?.currentTo() ?? 0)
    return now - knownTo < FRESH_MS && !this.moves.isMoved(tenant, entry.skus, look.at)
  }

  private stockOf(tenant: TenantId, skus: readonly string[]): Gathering['stock'] {
    let group = this.groups.get(tenant)
    if (group === undefined) {
      const gathered = new Set<string>()
      const stock = new Promise<void>((resolve) => this.platform.waiting.soon(resolve)).then(
        async (): Promise<Stock> => {
          this.groups.delete(tenant)
          // What moves from now on may be missed by the read.
          const at = this.platform.clock.now()
          const { availabilities, bundles } = this.parts
          const [words, parts] = await Promise.all([
            availabilities.of(tenant, [...gathered]),
            bundles.bundles(tenant),
          ])
          return { at, words, bundles: this.skusOf(parts) }
        },
      )
      group = { skus: gathered, stock }
      this.groups.set(tenant, group)
    }
    for (const sku of skus) group.skus.add(sku)
    return group.stock
  }

  private skusOf(parts: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
    const known = this.bundleSkus.get(parts)
    if (known !== undefined) return known
    const skus = new Set([...parts.values()].flat())
    this.bundleSkus.set(parts, skus)
    return skus
  }
}
