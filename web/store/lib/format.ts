/** Amounts, numbers and times as people of a language write them. */
export interface Money {
  /** In minor units. */
  readonly amount: number
  readonly currency: string
}

const money = new Map<string, Intl.NumberFormat>()

/** `3 149 ₴`; whole amounts without a fraction. */
export function moneyText({ amount, currency }: Money, language: string): string {
  const key = `${language} ${currency}`
  let format = money.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      trailingZeroDisplay: 'stripIfInteger',
    })
    money.set(key, format)
  }
  return format.format(amount / 10 ** digitsOf(currency))
}

/** `₴`, `€`: what stands beside an amount. */
export function currencySign(currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
}

const digits = new Map<string, number>()

/** How many digits of a currency are minor units: 2 of hryvnias, none of yen. */
export function digitsOf(currency: string): number {
  const known = digits.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const found = format.resolvedOptions().maximumFractionDigits ?? 2
  digits.set(currency, found)
  return found
}

/** In the shop's time zone where that is told: a day is then the same wherever the page is made. */
export function dateText(iso: string, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(iso))
}

/** `19:45`, by the clocks where the shop is. */
export function timeText(iso: string, language: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone })
  return format.format(new Date(iso))
}

/** `21 листопада, 19:45`, by the clocks where the shop is. */
export function momentText(iso: string, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(new Date(iso))
}
