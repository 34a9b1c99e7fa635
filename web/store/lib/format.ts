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

const numbers = new Map<string, Intl.NumberFormat>()

/** `4,7`: with so many digits behind the point at the most. */
export function numberText(value: number, language: string, most = 2): string {
  const key = `${language} ${most}`
  let format = numbers.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: most })
    numbers.set(key, format)
  }
  return format.format(value)
}

const times = new Map<string, Intl.DateTimeFormat>()

/** To make one takes longer than to render what is around it; a process has as many as languages and zones. */
function timeFormat(
  kind: keyof typeof KINDS,
  language: string,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const key = `${kind} ${language} ${timeZone}`
  const known = times.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(language, { ...KINDS[kind], timeZone })
  times.set(key, made)
  return made
}

const KINDS = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  moment: { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

/** In the shop's time zone where that is told: a day is then the same wherever the page is made. */
export function dateText(iso: string, language: string, timeZone?: string): string {
  return timeFormat('date', language, timeZone).format(new Date(iso))
}

/** `19:45`, by the clocks where the shop is. */
export function timeText(iso: string, language: string, timeZone: string): string {
  return timeFormat('time', language, timeZone).format(new Date(iso))
}

/** `21 листопада, 19:45`, by the clocks where the shop is. */
export function momentText(iso: string, language: string, timeZone?: string): string {
  return timeFormat('moment', language, timeZone).format(new Date(iso))
}
