import type { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

import type { Clock, Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { Chance } from '../waiting.ts'
import type { Place } from '../write/settle.ts'
import { Changes, later } from './changes.ts'
import type { SecondLevel, SharedAnswer } from './second-level.ts'
import type { FollowedTail, Reach } from './tail.ts'

/** The second level as one process uses it: with how far this process has heard the log. */
export interface Sharing {
  readonly level: SecondLevel
  readonly chance: Chance
  /** How far everything has been told. */
  heard(): Reach
  /** What lies below is what made somebody drop something just now: told by the log, or done here. */
  changedBelow(): Reach
}

/** `committed` is the last commit of this process. */
export function openSharing(parts: {
  readonly level: SecondLevel
  readonly chance: Chance
  readonly tail: Pick<FollowedTail, 'seen' | 'telling'>
  readonly committed: () => Place | undefined
}): Sharing {
  const { level, chance, tail, committed } = parts
  return {
    level,
    chance,
    heard: () => tail.seen,
    changedBelow() {
      if (tail.telling !== undefined) return tail.telling
      // Nobody told: this process has changed something itself, which the log will tell later.
      const own = committed()
      return own === undefined ? tail.seen : later(tail.seen, { ...own, xid: own.xid + 1n })
    },
  }
}

/** How answers of one kind are shared. */
export interface SharedKind<V> {
  readonly by: Sharing
  /** Tells them from other kinds: `catalog.pages`. */
  readonly kind: string
  pack(value: V): Buffer
  unpack(bytes: Buffer): V
}

/** An answer of another process, which holds here as well. */
export interface Taken<V> extends Pick<SharedAnswer, 'asOf' | 'touches' | 'size'> {
  readonly value: V
}

/** Clocks of two processes follow that of the database, some milliseconds apart. */
const APART_MS = 100

/**
 * Of one `Kept`: gives what this process has made to others, and takes theirs as long as they hold by
 * what this process has heard. It takes nothing that it would have dropped itself: the maker must have
 * heard the log to behind the last change, as told here, of all that the answer is made of.
 */
export class Shares<V> {
  readonly #kind: SharedKind<V>
  readonly #clock: Clock
  readonly #changes: Changes

  constructor(kind: SharedKind<V>, clock: Clock) {
    this.#kind = kind
    this.#clock = clock
    this.#changes = new Changes(kind.by.heard())
  }

  heard(): Reach {
    return this.#kind.by.heard()
  }

  /** Something of a shop was dropped; all of it without `touch`. */
  changed(tenant: TenantId, touch?: string): void {
    this.#changes.changed(thingOf(tenant, touch), this.#kind.by.changedBelow())
  }

  /** Anything may have changed. */
  lost(): void {
    this.#changes.anything(this.#kind.by.changedBelow())
  }

  /** From 0.7 up to 0.9: how much of its age an answer has had when its maker makes it anew. */
  share(): number {
    return 0.7 + 0.2 * this.#kind.by.chance.next()
  }

  /** Undefined when nobody has made it, or it no longer holds, or is older than `since`. */
  async take(
    tenant: TenantId,
    key: string,
    { since, isYoung }: { readonly since: Instant; isYoung(asOf: Instant): boolean },
  ): Promise<Taken<V> | undefined> {
    const { by, unpack } = this.#kind
    const found = await by.level.get(this.#nameOf(tenant, key))
    // From here on nothing is waited for: what was told meanwhile counts.
    if (found === undefined || !this.#holds(tenant, key, found)) return undefined
    const { bytes, touches, size } = found
    const now = this.#clock.now()
    const asOf = Math.min(found.asOf, now)
    if (found.asOf > now + APART_MS || found.asOf <= since || !isYoung(asOf)) return undefined
    return { value: unpack(bytes), asOf, touches, size }
  }

  give(
    tenant: TenantId,
    key: string,
    { value, reach, asOf, touches, size }: Taken<V> & { readonly reach: Reach },
    forMs: number,
  ): void {
    if (reach.era === 0 || forMs < 1) return
    const { by, pack } = this.#kind
    const answer = { bytes: pack(value), reach, asOf, touches, size }
    by.level.put(this.#nameOf(tenant, key), answer, forMs)
  }

  #holds(tenant: TenantId, key: string, { reach, touches }: SharedAnswer): boolean {
    // In another era positions mean something else; before the first look nothing is known.
    if (reach.era === 0 || reach.era !== this.heard().era) return false
    const things = [undefined, key, ...touches].map((touch) => thingOf(tenant, touch))
    return this.#changes.areKnownTo(reach, things)
  }

  #nameOf(tenant: TenantId, key: string): string {
    return `${tenant}:${this.#kind.kind}:${hash('sha256', key, 'base64url')}`
  }
}

function thingOf(tenant: TenantId, touch: string | undefined): string {
  return touch === undefined ? `${tenant}` : `${tenant} ${touch}`
}
