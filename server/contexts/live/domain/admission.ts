import { accept, refuse, type Outcome } from '#platform/outcome'

import type { LiveRefusal } from '../contract.ts'

export interface AdmissionLimits {
  readonly connections: number
  readonly perAddress: number
}

/** Who comes too late comes again after so long. */
const COME_BACK_SECONDS = 10

/** Counts who is connected: all of them, and those of each address. */
export class Admission {
  readonly #limits: AdmissionLimits
  readonly #ofAddress = new Map<string, number>()
  #all = 0

  constructor(limits: AdmissionLimits) {
    this.#limits = limits
  }

  get connected(): number {
    return this.#all
  }

  /** Whether one more may come from there; it counts once it has. */
  mayCome(address: string): Outcome<void, LiveRefusal> {
    const { connections, perAddress } = this.#limits
    const isFull = this.#all >= connections
    if (!isFull && (this.#ofAddress.get(address) ?? 0) < perAddress) return accept(undefined)
    return refuse({
      code: 'live.too-many-connections',
      limit: isFull ? connections : perAddress,
      retryAfterSeconds: COME_BACK_SECONDS,
    })
  }

  come(address: string): void {
    this.#all += 1
    this.#ofAddress.set(address, (this.#ofAddress.get(address) ?? 0) + 1)
  }

  go(address: string): void {
    this.#all -= 1
    const left = (this.#ofAddress.get(address) ?? 1) - 1
    if (left > 0) this.#ofAddress.set(address, left)
    else this.#ofAddress.delete(address)
  }
}
