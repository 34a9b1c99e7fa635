import assert from 'node:assert/strict'

import { fingerprintOf, keyReused, rejected, type Rejection, unknownCharge } from './rejections.ts'

/** What the provider knows of one payment. Amounts are minor units of `currency`. */
export interface Charge {
  readonly id: string
  /** `action-needed`: the buyer has to decide on the page at `url`. `pending`: money is on its way. */
  readonly status: 'succeeded' | 'declined' | 'action-needed' | 'pending'
  readonly amount: number
  readonly amountRefunded: number
  readonly currency: string
  /** The shop's own name for the payment. */
  readonly reference: string
  readonly method: string
  /** A word; only of a declined charge. */
  readonly reason?: string
  readonly url?: string
  /** Where the buyer goes after the page, and where news is delivered. */
  readonly returnTo?: string
  readonly notify?: string
  readonly createdAt: string
}

/** Money given back; a charge may have several, never more in all than was charged. */
export interface Refund {
  readonly id: string
  /** The key it was asked for under. */
  readonly key: string
  readonly status: 'succeeded' | 'declined'
  readonly reason?: string
  readonly charge: string
  readonly amount: number
  readonly currency: string
  readonly createdAt: string
}

export interface ChargeRequest {
  readonly amount: number
  readonly currency: string
  readonly reference: string
  readonly method?: string
  readonly returnTo?: string
  readonly notify?: string
}

export interface RefundRequest {
  readonly charge: string
  readonly amount: number
}

/** How a charge begins; what becomes of it later is a `Change`. */
export type Beginning = Pick<Charge, 'status' | 'reason'>

/** What the shop is told about a charge, as it stood when the news was made. */
export interface News {
  readonly id: string
  readonly type: `charge.${'succeeded' | 'declined'}` | `refund.${'succeeded' | 'declined'}`
  readonly createdAt: string
  readonly charge: Charge
  readonly refund?: Refund
}

/** A charge that was open is over. */
interface Change {
  readonly id: string
  readonly status: 'succeeded' | 'declined'
  readonly reason?: string
  readonly at: string
}

/** One line of the journal: what was done, under which key, and the id of the news of it. */
export type Entry =
  | ({ readonly event?: string } & (
      | ({ readonly key: string; readonly fingerprint: string } & (
          | { readonly charge: Charge }
          | { readonly refund: Refund }
        ))
      | { readonly change: Change }
    ))
  /** This news is delivered, or given up. */
  | { readonly told: string }

export type Answer<T> = { readonly value: T } | { readonly rejection: Rejection }

interface Numbered {
  readonly at: number
  charge: Charge
}

type Remembered =
  | { fingerprint: string; charge: Numbered }
  | { fingerprint: string; refund: Refund }

export interface BookOptions {
  readonly limit: number
  readonly journal: (entry: Entry) => void
  readonly newId: () => string
  readonly now: () => number
  /** Where the page of a charge is. */
  readonly urlOf?: (chargeId: string) => string
  /** Hears the news of every charge that ends and every refund; without it none is made. */
  readonly tell?: (news: News) => void
}

/**
 * The provider's book. It holds the newest `limit` charges and their refunds; older ones are
 * forgotten with their keys, as real providers forget keys after a day.
 *
 * Whatever is accepted goes to `journal` before the call returns; `replay` puts it back.
 */
export class ChargeBook {
  readonly #options: BookOptions
  readonly #byId = new Map<string, Numbered>()
  readonly #byReference = new Map<string, Numbered[]>()
  readonly #byKey = new Map<string, Remembered>()
  readonly #keysOf = new Map<string, string[]>()
  readonly #untold = new Map<string, News>()
  /** In order of arrival; those of forgotten charges go with them. */
  #refunds: Refund[] = []
  /** In order of arrival; `#sequence[n]` has number `#first + n`. */
  #sequence: Numbered[] = []
  #first = 0

  constructor(options: BookOptions) {
    assert(options.limit > 0, 'a book that holds nothing cannot refund')
    this.#options = options
  }

  /**
   * Takes money, or begins to. The same key gives the same charge as it stands now; the same key for
   * something else is rejected.
   */
  charge(
    key: string,
    wanted: ChargeRequest,
    beginning: Beginning = { status: 'succeeded' },
  ): Answer<Charge> {
    const { amount, currency, reference, method = 'card', returnTo, notify } = wanted
    const fingerprint = fingerprintOf('charge', amount, currency, reference, method)
    const earlier = this.#byKey.get(key)
    if (earlier !== undefined) {
      if (earlier.fingerprint !== fingerprint || !('charge' in earlier)) return keyReused
      return { value: earlier.charge.charge }
    }

    const { newId, urlOf, journal } = this.#options
    const id = `ch_${newId()}`
    const charge: Charge = {
      id,
      ...beginning,
      amount,
      amountRefunded: 0,
      currency,
      reference,
      method,
      ...(beginning.status === 'action-needed' && urlOf !== undefined ? { url: urlOf(id) } : {}),
      ...(returnTo === undefined ? {} : { returnTo }),
      ...(notify === undefined ? {} : { notify }),
      createdAt: this.#time(),
    }
    const event = isOver(charge) ? this.#newEvent() : {}
    journal({ key, fingerprint, charge, ...event })
    this.#keepCharge(key, fingerprint, charge)
    this.#tell(event.event, charge, charge.createdAt)
    return { value: charge }
  }

  /** Ends an open charge; one that is over stays as it is. */
  end(id: string, status: Change['status'], reason?: string): Answer<Charge> {
    const found = this.#byId.get(id)
    if (found === undefined) return unknownCharge
    if (isOver(found.charge)) return { value: found.charge }
    const change: Change = {
      id,
      status,
      ...(reason === undefined ? {} : { reason }),
      at: this.#time(),
    }
    const event = this.#newEvent()
    this.#options.journal({ change, ...event })
    this.#keepChange(change)
    this.#tell(event.event, found.charge, change.at)
    return { value: found.charge }
  }

  /** Gives money back, at most what is left of the charge; or refuses to, and remembers that. */
  refund(key: string, wanted: RefundRequest, refusedFor?: string): Answer<Refund> {
    const fingerprint = fingerprintOf('refund', wanted.charge, wanted.amount)
    const earlier = this.#byKey.get(key)
    if (earlier !== undefined) {
      if (earlier.fingerprint !== fingerprint || !('refund' in earlier)) return keyReused
      return { value: earlier.refund }
    }

    const charged = this.#byId.get(wanted.charge)
    if (charged === undefined) return unknownCharge
    const { status, amount, amountRefunded, currency } = charged.charge
    if (status !== 'succeeded') return rejected('charge_not_paid', `This charge is ${status}.`)
    const left = amount - amountRefunded
    if (wanted.amount > left) {
      const why = `${left} is left of this charge; ${wanted.amount} cannot be given back.`
      return rejected('refund_exceeds_charge', why)
    }

    const refund: Refund = {
      id: `re_${this.#options.newId()}`,
      key,
      ...(refusedFor === undefined
        ? { status: 'succeeded' }
        : { status: 'declined', reason: refusedFor }),
      charge: wanted.charge,
      amount: wanted.amount,
      currency,
      createdAt: this.#time(),
    }
    const event = this.#newEvent()
    this.#options.journal({ key, fingerprint, refund, ...event })
    this.#keepRefund(key, fingerprint, refund)
    this.#tell(event.event, charged.charge, refund.createdAt, refund)
    return { value: refund }
  }

  find(id: string): Answer<Charge> {
    const found = this.#byId.get(id)
    return found === undefined ? unknownCharge : { value: found.charge }
  }

  /** Charges whose money is on its way, oldest first. */
  pending(): Charge[] {
    return this.#sequence
      .filter(({ charge }) => charge.status === 'pending')
      .map(({ charge }) => charge)
  }

  /**
   * Charges in order of arrival, those of one reference or all, made at `since` or later; `next`
   * continues after the last.
   */
  list(options: { reference?: string; since?: string; after?: string; limit: number }): Answer<{
    items: Charge[]
    next: string | null
  }> {
    const all =
      options.reference === undefined
        ? this.#sequence
        : (this.#byReference.get(options.reference) ?? [])
    const { since = '' } = options

    let from = 0
    if (options.after !== undefined) {
      const last = this.#byId.get(options.after)
      if (last === undefined) return unknownCharge
      from =
        options.reference === undefined
          ? last.at - this.#first + 1
          : all.findIndex((each) => each.at > last.at)
      if (from < 0) from = all.length
    } else if (since !== '') {
      from = all.findIndex(({ charge }) => charge.createdAt >= since)
      if (from < 0) from = all.length
    }

    const items = all.slice(from, from + options.limit).map((each) => each.charge)
    const more = from + items.length < all.length
    return { value: { items, next: more ? (items.at(-1)?.id ?? null) : null } }
  }

  /** Refunds in order of arrival, made at `since` or later, with the reference of their charge. */
  listRefunds(options: { since?: string; after?: string; limit: number }): {
    items: (Refund & { reference: string })[]
    next: string | null
  } {
    const { since = '', after, limit } = options
    const from = after === undefined ? 0 : this.#refunds.findIndex(({ id }) => id === after) + 1
    const found = this.#refunds.slice(from).filter(({ createdAt }) => createdAt >= since)
    const items = found.slice(0, limit).map((refund) => ({
      ...refund,
      reference: this.#byId.get(refund.charge)?.charge.reference ?? '',
    }))
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  }

  /** News nobody has taken yet, oldest first. */
  untold(): News[] {
    return [...this.#untold.values()]
  }

  /** This news is delivered, or given up, and never told again. */
  told(id: string): void {
    if (this.#untold.delete(id)) this.#options.journal({ told: id })
  }

  /** Puts back an entry of the journal, in the journal's order. */
  replay(entry: Entry): void {
    if ('told' in entry) {
      this.#untold.delete(entry.told)
      return
    }
    if ('change' in entry) {
      this.#keepChange(entry.change)
      this.#remember(entry.event, this.#byId.get(entry.change.id)?.charge, entry.change.at)
    } else if ('charge' in entry) {
      this.#keepCharge(entry.key, entry.fingerprint, entry.charge)
      this.#remember(entry.event, entry.charge, entry.charge.createdAt)
    } else {
      const { refund } = entry
      this.#keepRefund(entry.key, entry.fingerprint, refund)
      this.#remember(entry.event, this.#byId.get(refund.charge)?.charge, refund.createdAt, refund)
    }
  }

  #time(): string {
    return new Date(this.#options.now()).toISOString()
  }

  #newEvent(): { event?: string } {
    return this.#options.tell === undefined ? {} : { event: `evt_${this.#options.newId()}` }
  }

  #tell(event: string | undefined, charge: Charge, at: string, refund?: Refund): void {
    const made = this.#remember(event, charge, at, refund)
    if (made !== undefined) this.#options.tell?.(made)
  }

  #remember(
    id: string | undefined,
    charge: Charge | undefined,
    createdAt: string,
    refund?: Refund,
  ): News | undefined {
    if (id === undefined || charge === undefined) return undefined
    const news: News =
      refund === undefined
        ? { id, type: `charge.${charge.status as Change['status']}`, createdAt, charge }
        : { id, type: `refund.${refund.status}`, createdAt, charge, refund }
    this.#untold.set(id, news)
    return news
  }

  #keepCharge(key: string, fingerprint: string, charge: Charge): void {
    const numbered: Numbered = { at: this.#first + this.#sequence.length, charge }
    this.#sequence.push(numbered)
    this.#byId.set(charge.id, numbered)
    this.#byKey.set(key, { fingerprint, charge: numbered })
    this.#keysOf.set(charge.id, [key])

    const sameReference = this.#byReference.get(charge.reference)
    if (sameReference === undefined) this.#byReference.set(charge.reference, [numbered])
    else sameReference.push(numbered)

    this.#forgetOldest()
  }

  #keepChange({ id, status, reason }: Change): void {
    const found = this.#byId.get(id)
    // The charge of a journaled change may have been forgotten since.
    if (found === undefined) return
    found.charge = { ...found.charge, status, ...(reason === undefined ? {} : { reason }) }
  }

  #keepRefund(key: string, fingerprint: string, refund: Refund): void {
    const charged = this.#byId.get(refund.charge)
    // The charge of a journaled refund may have been forgotten since.
    if (charged === undefined) return
    const { charge } = charged
    const given = refund.status === 'succeeded' ? refund.amount : 0
    charged.charge = { ...charge, amountRefunded: charge.amountRefunded + given }
    this.#refunds.push(refund)
    this.#byKey.set(key, { fingerprint, refund })
    this.#keysOf.get(refund.charge)?.push(key)
  }

  /** Forgets in lots of a tenth, because the front of an array is expensive to remove one by one. */
  #forgetOldest(): void {
    const { limit } = this.#options
    const tooMany = this.#sequence.length - limit
    if (tooMany < Math.ceil(limit / 10)) return

    const forgotten = this.#sequence.splice(0, tooMany)
    this.#first += tooMany
    const ids = new Set(forgotten.map(({ charge }) => charge.id))
    this.#refunds = this.#refunds.filter(({ charge }) => !ids.has(charge))
    for (const { charge } of forgotten) {
      this.#byId.delete(charge.id)
      for (const key of this.#keysOf.get(charge.id) ?? []) this.#byKey.delete(key)
      this.#keysOf.delete(charge.id)

      const left = this.#byReference.get(charge.reference)?.filter((each) => each.at >= this.#first)
      if (left === undefined || left.length === 0) this.#byReference.delete(charge.reference)
      else this.#byReference.set(charge.reference, left)
    }
  }
}

/** Whether nothing more becomes of the charge itself. */
export function isOver({ status }: Charge): boolean {
  return status === 'succeeded' || status === 'declined'
}
