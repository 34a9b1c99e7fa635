import assert from 'node:assert/strict'

import type { Rounding } from '../provider.ts'

/** A part of a whole: how much it weighs, and a name that settles ties. */
export interface Part {
  readonly name: string
  readonly weight: number
}

/**
 * The whole in as many amounts as there are parts, in proportion to their weights, summing to it
 * exactly: each gets its quotient rounded down, and what is left goes, a minor unit each, to the
 * largest remainders (Hare's method). Ties go to the greater weight, then to the lesser name, so the
 * result does not depend on the order of the parts. Parts that weigh nothing altogether weigh alike.
 */
export function split(whole: number, parts: readonly Part[]): number[] {
  assert(Number.isSafeInteger(whole) && whole >= 0, 'only whole amounts from zero on are split')
  if (parts.length === 0) {
    assert.equal(whole, 0, 'there is nobody to get the parts')
    return []
  }
  assert(parts.every(({ weight }) => Number.isSafeInteger(weight) && weight >= 0))
  const isWeightless = parts.every(({ weight }) => weight === 0)
  const weights = parts.map(({ weight }) => (isWeightless ? 1n : BigInt(weight)))
  const all = weights.reduce((sum, weight) => sum + weight, 0n)
  // Products of two amounts leave the safe integers, so they are whole numbers of any size.
  const shares = weights.map((weight, place) => {
    const product = BigInt(whole) * weight
    return { place, weight, amount: product / all, remainder: product % all }
  })
  const left = BigInt(whole) - shares.reduce((sum, { amount }) => sum + amount, 0n)
  const inTurn = shares.toSorted((one, other) => {
    const byRemainder = sign(other.remainder - one.remainder) || sign(other.weight - one.weight)
    if (byRemainder !== 0) return byRemainder
    return (parts[one.place]?.name ?? '') < (parts[other.place]?.name ?? '') ? -1 : 1
  })
  const lucky = new Set(inTurn.slice(0, Number(left)).map(({ place }) => place))
  return shares.map(({ place, amount }) => Number(amount) + (lucky.has(place) ? 1 : 0))
}

function sign(number: bigint): number {
  return number > 0n ? 1 : number < 0n ? -1 : 0
}

/** `amount × numerator ÷ denominator` to a whole number; exact up to the one rounding. */
export function scaled(
  amount: number,
  numerator: number,
  denominator: number,
  rounding: Rounding,
): number {
  assert(amount >= 0 && numerator >= 0 && denominator > 0)
  const product = BigInt(amount) * BigInt(numerator)
  const below = BigInt(denominator)
  const quotient = product / below
  const twice = (product % below) * 2n
  const isTie = twice === below
  const goesUp = isTie ? rounding === 'half-up' || quotient % 2n === 1n : twice > below
  return Number(goesUp ? quotient + 1n : quotient)
}
