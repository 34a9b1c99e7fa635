/** What the provider does wrong, and how often: each a probability from 0 to 1 unless it says ms. */
export interface Faults {
  /** The same seed and the same requests in the same order give the same faults. */
  readonly seed: number
  /** Answers 500 and has done nothing. */
  readonly failsBefore: number
  /** Does what was asked, and answers 500. */
  readonly failsAfterCharging: number
  /** Does what was asked, and cuts the connection instead of answering. */
  readonly losesAnswer: number
  /** Has done nothing, and never answers: whoever asks, about anything, waits until they give up. */
  readonly hangsBefore: number
  /** Does what was asked, and never answers. */
  readonly hangsAfterCharging: number
  /** Refuses to give money back, for good. */
  readonly refusesRefunds: number
  /** Every answer to a POST takes up to so many milliseconds more. */
  readonly slowMs: number
  readonly webhooks: WebhookFaults
}

export interface WebhookFaults {
  /** Is never sent. */
  readonly lost: number
  /** Is sent twice at once. */
  readonly twice: number
  /** Is sent up to two seconds late. */
  readonly late: number
  /** Is sent after the one that follows it. */
  readonly shuffled: number
}

export const NO_FAULTS: Faults = {
  seed: 1,
  failsBefore: 0,
  failsAfterCharging: 0,
  losesAnswer: 0,
  hangsBefore: 0,
  hangsAfterCharging: 0,
  refusesRefunds: 0,
  slowMs: 0,
  webhooks: { lost: 0, twice: 0, late: 0, shuffled: 0 },
}

const MOST_SLOW_MS = 60_000

/** Faults from JSON; what is not named is no fault. Undefined for anything that is not faults. */
export function readFaults(given: unknown): Faults | undefined {
  const faults = merged(NO_FAULTS, given)
  if (faults === undefined) return undefined
  const { webhooks, seed, slowMs, ...odds } = faults
  const hooks = merged(NO_FAULTS.webhooks, webhooks)
  if (hooks === undefined) return undefined
  const allOdds: readonly number[] = [...Object.values(odds), ...Object.values(hooks)]
  const isGood =
    Number.isSafeInteger(seed) &&
    Number.isInteger(slowMs) &&
    slowMs >= 0 &&
    slowMs <= MOST_SLOW_MS &&
    allOdds.every((each) => typeof each === 'number' && each >= 0 && each <= 1)
  return isGood ? { ...faults, webhooks: hooks } : undefined
}

/** The fallback with what is given over it; undefined when a name is given that it does not have. */
function merged<T extends object>(fallback: T, given: unknown): T | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  if (Object.keys(given).some((name) => !(name in fallback))) return undefined
  return { ...fallback, ...given }
}

/** Dice that fall the same way for the same seed. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below 1: mulberry32, which is enough for dice. */
  roll(): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** Whether something of this probability happens now. Never rolls for what cannot happen. */
  falls(probability: number): boolean {
    return probability > 0 && this.roll() < probability
  }
}
