/** Spaces people and programs put between thousands, and the apostrophe of the Swiss. */
const GROUPS = /[\s\u00A0\u2007\u2009\u202F'’]/g

/**
 * A decimal number as people write it, in minor units of a currency with so many digits: `1299`,
 * `1299.50`, `1 299,50`, `1,299.50`. Undefined for what is none, is negative, is finer than the
 * currency or may be read in two ways.
 */
export function minorUnits(text: string, digits: number): number | undefined {
  const bare = text.replace(GROUPS, '')
  const [whole, fraction] = split(bare)
  if (!/^\d{1,13}$/.test(whole) || !/^\d*$/.test(fraction)) return undefined
  // `12.500` is twelve and a half to some and twelve thousand five hundred to others.
  if (fraction.length === 3 && digits < 3) return undefined
  // Zeros behind the digits of the currency say nothing.
  const said = fraction.replace(/0+$/, '')
  if (said.length > digits) return undefined
  const amount = Number(whole + said.padEnd(digits, '0'))
  return Number.isSafeInteger(amount) ? amount : undefined
}

/** A whole number, with spaces between thousands or without. */
export function wholeNumber(text: string): number | undefined {
  const bare = text.replace(GROUPS, '').replace(/[.,]0+$/, '')
  return /^\d{1,15}$/.test(bare) ? Number(bare) : undefined
}

/** The whole part and the fraction: the last point or comma parts them, unless it parts thousands. */
function split(text: string): readonly [string, string] {
  const [last, other] = text.lastIndexOf('.') > text.lastIndexOf(',') ? ['.', ','] : [',', '.']
  const place = text.lastIndexOf(last)
  if (place < 0) return [text, '']
  const [before, after] = [text.slice(0, place), text.slice(place + 1)]
  const groups = before.split(other)
  // `1.299.500`: the same sign twice, so it parts thousands.
  if (before.includes(last)) {
    const all = text.split(last)
    return all.slice(1).every((group) => group.length === 3) ? [all.join(''), ''] : ['x', '']
  }
  if (groups.length > 1 && groups.slice(1).some((group) => group.length !== 3)) return ['x', '']
  return [groups.join(''), after]
}
