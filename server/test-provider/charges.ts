import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'

/** What the provider knows of one payment. Amounts are minor units of `currency`. */
export interface Charge {
  readonly id: string
  readonly status: 'succeeded'
  readonly amount: number
  readonly amountRefunded: number
  readonly currency: string
  /** The shop's own name for the payment. */
  readonly reference: string
  readonly createdAt: string
}

/** Money given back; a charge may have several, never more in all than was charged. */
export interface Refund {
  readonly id: string
  readonly status: 'succeeded'
  readonly charge: string
  readonly amount: number
  readonly currency: string
  readonly createdAt: string
}

export interface ChargeRequest {
  readonly amount: number
  readonly currency: string
  readonly reference: string
}

export interface RefundRequest {
  readonly charge: string
  readonly amount: number
}

/** One line of the journal: what was done and under which key. */
export type Entry = { readonly key: string; readonly fingerprint: string } & (
  | { readonly charge: Charge }
  | { readonly refund: Refund }
)

/** Why the provider says no; `code` is stable, `message` is for people. */
export interface Rejection {
  readonly status: 404 | 409 | 422
  readonly code: string
  readonly message: string
}

export type Answer<T> = { readonly value: T } | { readonly rejection: Rejection }

interface Numbered {
  readonly at: number
  charge: Charge
}

type Remembered =
  | { fingerprint: string; charge: Numbered }
  | { fingerprint: string; refund: Refund }

/**
 * The provider's book. It holds the newest `limit` charges and their refunds; older ones are
 * forgotten with their keys, as real providers forget keys after a day.
 *
 * Whatever is accepted goes to `journal` before the call returns; `replay` puts it back.
 */
export class ChargeBook {
  readonly #limit: number
  readonly #journal: (entry: Entry) => void
  readonly #newId: () => string
  readonly #now: () => number

  readonly #byId = new Map<string, Numbered>()
  readonly #byReference = new Map<string, Numbered[]>()
  readonly #byKey = new Map<string, Remembered>()
  readonly #keysOf = new Map<string, string[]>()
  /** In order of arrival; `#sequence[n]` has number `#first + n`. */
  #sequence: Numbered[] = []
  #first = 0

  constructor(options: {
    limit: number
    journal: (entry: Entry) => void
    newId: () => string
    now: () => number
  }) {
    assert(options.limit > 0, 'a book that holds nothing cannot refund')
    this.#limit = options.limit
    this.#journal = options.journal
    this.#newId = options.newId
    this.#now = options.now
  }

  /** Takes money. The same key gives the same charge; the same key for something else is rejected. */
  charge(key: string, wanted: ChargeRequest): Answer<Charge> {
    const fingerprint = fingerprintOf('charge', wanted.amount, wanted.currency, wanted.reference)
    const earlier = this.#byKey.get(key)
    if (earlier !== undefined) {
      if (earlier.fingerprint !== fingerprint || !('charge' in earlier)) return keyReused
      return { value: earlier.charge.charge }
    }

    const charge: Charge = {
      id: `ch_${this.#newId()}`,
      status: 'succeeded',
      amount: wanted.amount,
      amountRefunded: 0,
      currency: wanted.currency,
      reference: wanted.reference,
      createdAt: new Date(this.#now()).toISOString(),
    }
    this.#journal({ key, fingerprint, charge })
    this.#keepCharge(key, fingerprint, charge)
    return { value: charge }
  }

  /** Gives money back, at most what is left of the charge. */
  refund(key: string, wanted: RefundRequest): Answer<Refund> {
    const fingerprint = fingerprintOf('refund', wanted.charge, wanted.amount)
    const earlier = this.#byKey.get(key)
    if (earlier !== undefined) {
      if (earlier.fingerprint !== fingerprint || !('refund' in earlier)) return keyReused
      return { value: earlier.refund }
    }

    const charged = this.#byId.get(wanted.charge)
    if (charged === undefined) return unknownCharge
    const left = charged.charge.amount - charged.charge.amountRefunded
    if (wanted.amount > left) {
      return {
        rejection: {
          status: 409,
          code: 'refund_exceeds_charge',
          message: `${left} is left of this charge; ${wanted.amount} cannot be given back.`,
        },
      }
    }

    const refund: Refund = {
      id: `re_${this.#newId()}`,
      status: 'succeeded',
      charge: wanted.charge,
      amount: wanted.amount,
      currency: charged.charge.currency,
      createdAt: new Date(this.#now()).toISOString(),
    }
    this.#journal({ key, fingerprint, refund })
    this.#keepRefund(key, fingerprint, refund)
    return { value: refund }
  }

  find(id: string): Answer<Charge> {
    const found = this.#byId.get(id)
    return found === undefined ? unknownCharge : { value: found.charge }
  }

  /** Charges in order of arrival, those of one reference or all; `next` continues after the last. */
  list(options: { reference?: string; after?: string; limit: number }): Answer<{
    items: Charge[]
    next: string | null
  }> {
    const all =
      options.reference === undefined
        ? this.#sequence
        : (this.#byReference.get(options.reference) ?? [])

    let from = 0
    if (options.after !== undefined) {
      const last = this.#byId.get(options.after)
      if (last === undefined) return unknownCharge
      from =
        options.reference === undefined
          ? last.at - this.#first + 1
          : all.findIndex((each) => each.at > last.at)
      if (from < 0) from = all.length
    }

    const items = all.slice(from, from + options.limit).map((each) => each.charge)
    const more = from + items.length < all.length
    return { value: { items, next: more ? (items.at(-1)?.id ?? null) : null } }
  }

  /** Puts back an entry of the journal, in the journal's order. */
  replay(entry: Entry): void {
    if ('charge' in entry) this.#keepCharge(entry.key, entry.fingerprint, entry.charge)
    else this.#keepRefund(entry.key, entry.fingerprint, entry.refund)
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

  #keepRefund(key: string, fingerprint: string, refund: Refund): void {
    const charged = this.#byId.get(refund.charge)
    // The charge of a journaled refund may have been forgotten since.
    if (charged === undefined) return
    const { charge } = charged
    charged.charge = { ...charge, amountRefunded: charge.amountRefunded + refund.amount }
    this.#byKey.set(key, { fingerprint, refund })
    this.#keysOf.get(refund.charge)?.push(key)
  }

  /** Forgets in lots of a tenth, because the front of an array is expensive to remove one by one. */
  #forgetOldest(): void {
    const tooMany = this.#sequence.length - this.#limit
    if (tooMany < Math.ceil(this.#limit / 10)) return

    const forgotten = this.#sequence.splice(0, tooMany)
    this.#first += tooMany
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

const keyReused = {
  rejection: {
    status: 422,
    code: 'idempotency_key_reused',
    message: 'This Idempotency-Key was used for another request.',
  },
} as const

const unknownCharge = {
  rejection: { status: 404, code: 'charge_unknown', message: 'There is no such charge.' },
} as const

function fingerprintOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}
