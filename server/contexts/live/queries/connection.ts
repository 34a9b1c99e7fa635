import { readReach, type Tail } from '#platform/cache/tail'
import type { Id, TenantId } from '#platform/ids'
import type { OpenSocket } from '#platform/http/socket-side'
import type { Waiting } from '#platform/waiting'
import type { Outcome } from '#platform/outcome'

import type { LiveMessage, LiveRefusal } from '../contract.ts'
import { MOST_PRODUCTS, readMessage } from '../domain/message.ts'
import type { Watcher, Watching } from './watching.ts'

/** Who sends more messages than this in so long is hung up on. */
const MOST_MESSAGES = 30
const MESSAGES_MS = 10_000
/** Somebody must be there: asked so often, and hung up on when they have not answered by the next. */
const PING_MS = 30_000
/** A reader this far behind is told nothing more until it has caught up, the newest then. */
const SLOW_BYTES = 64 * 1024
const SLOW_LOOK_MS = 250
/** And is hung up on if it has not within this time. */
const SLOW_MS = 10_000

const POLICY_VIOLATION = 1008
const TRY_AGAIN_LATER = 1013

export interface ConnectionParts {
  readonly tenant: TenantId
  readonly socket: OpenSocket
  readonly watching: Watching
  readonly tail: Tail
  readonly waiting: Waiting
}

/** One open page, from its first message to its end. */
export class Connection implements Watcher {
  readonly #parts: ConnectionParts
  readonly #products = new Set<Id>()
  /** The newest of each that could not be sent yet: never more than there are products. */
  readonly #unsent = new Map<Id, string>()
  #messages = 0
  #isOpen = true
  #isThere = true
  #isSlow = false
  readonly #callOffs: (() => void)[] = []

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    const { socket } = parts
    socket.onMessage((text) => void this.#hear(text))
    socket.onLife(() => (this.#isThere = true))
    socket.onClose(() => this.#end())
    this.#every(PING_MS, () => this.#ping())
    this.#every(MESSAGES_MS, () => (this.#messages = 0))
  }

  /** Somebody watches no more; called once. */
  onEnd: () => void = () => undefined

  tell(productId: Id, json: string): void {
    if (!this.#isOpen) return
    this.#unsent.set(productId, json)
    if (!this.#isSlow) this.#send()
  }

  #send(): void {
    const { socket } = this.#parts
    for (const [productId, json] of this.#unsent) {
      if (socket.waitingBytes > SLOW_BYTES) return this.#slow(SLOW_MS)
      this.#unsent.delete(productId)
      socket.send(json)
    }
  }

  /** Looks again until the reader has caught up or its time is over. */
  #slow(leftMs: number): void {
    this.#isSlow = true
    const { socket, waiting } = this.#parts
    waiting.after(SLOW_LOOK_MS, () => {
      if (!this.#isOpen) return
      if (socket.waitingBytes <= SLOW_BYTES) {
        this.#isSlow = false
        this.#send()
      } else if (leftMs <= 0) {
        socket.close(TRY_AGAIN_LATER, 'You read too slowly.')
        socket.cut()
      } else this.#slow(leftMs - SLOW_LOOK_MS)
    })
  }

  async #hear(text: string): Promise<void> {
    const { socket } = this.#parts
    this.#messages += 1
    if (this.#messages > MOST_MESSAGES) {
      socket.close(POLICY_VIOLATION, 'You send too many messages.')
      return
    }
    const message = readMessage(text)
    const done = message.ok ? await this.#follow(message.value) : message
    if (!done.ok && this.#isOpen) socket.send(JSON.stringify({ error: done.refusal }))
  }

  async #follow(message: LiveMessage): Promise<Outcome<void, LiveRefusal>> {
    const { tenant, watching, tail } = this.#parts
    const { subscribe = [], unsubscribe = [], since } = message
    const wanted = new Set(subscribe)
    const after = new Set(this.#products)
    for (const id of unsubscribe) after.delete(id)
    for (const id of wanted) after.add(id)
    if (after.size > MOST_PRODUCTS) {
      return {
        ok: false,
        refusal: { code: 'live.too-many-products', limit: MOST_PRODUCTS },
      }
    }
    for (const id of unsubscribe) {
      this.#products.delete(id)
      this.#unsent.delete(id)
      watching.leave(tenant, id, this)
    }
    for (const id of wanted) this.#products.add(id)
    const position = since === undefined ? undefined : readReach(since)
    if (position !== undefined && (await tail.reach(position)) !== 'reached') {
      for (const id of wanted) this.#products.delete(id)
      return { ok: false, refusal: { code: 'live.behind' } }
    }
    if (!this.#isOpen) return { ok: true, value: undefined }
    watching.watch(
      tenant,
      [...wanted].filter((id) => this.#products.has(id)),
      this,
    )
    return { ok: true, value: undefined }
  }

  #ping(): void {
    const { socket } = this.#parts
    if (!this.#isThere) return socket.cut()
    this.#isThere = false
    socket.ping()
  }

  #every(ms: number, work: () => void): void {
    const place = this.#callOffs.length
    const again = (): void => {
      this.#callOffs[place] = this.#parts.waiting.after(ms, () => {
        again()
        work()
      })
    }
    again()
  }

  #end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const callOff of this.#callOffs) callOff()
    const { tenant, watching } = this.#parts
    for (const id of this.#products) watching.leave(tenant, id, this)
    this.onEnd()
  }
}
