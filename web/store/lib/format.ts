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
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

/** In the shop's time zone where that is told: a day is then the same wherever the page is made. */
export function dateText(iso: string, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(iso))
}

/** The same with the time of day. */
export function momentText(iso: string, language: string, timeZone?: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
  return new Intl.DateTimeFormat(language, style).format(new Date(iso))
}
