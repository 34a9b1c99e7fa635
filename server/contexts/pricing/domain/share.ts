import assert from 'node:assert/strict'

import { money, type Money } from '#platform/money'

import type { Pricing } from '../contract.ts'
import { scaled } from './split.ts'

/**
 * What the first n units of a line come to is its amount × n ÷ quantity, rounded; the units between
 * two such marks get the difference. Differences of neighbors add up, so no minor unit is lost or
 * given twice, in however many bits the units come back.
 */
export const shareOf: Pricing['shareOf'] = ({ quantity, ...line }, { from, units }) => {
  assert(from >= 0 && units > 0 && from + units <= quantity, 'more units than the line has')
  const share = ({ amount, currency }: Money): Money => {
    const upTo = (mark: number): number => scaled(amount, mark, quantity, 'half-up')
    return money(upTo(from + units) - upTo(from), currency)
  }
  return { total: share(line.total), discount: share(line.discount), tax: share(line.tax) }
}
