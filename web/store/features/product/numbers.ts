/** Numbers and days as people of a language write them; to make a format costs more than to use it. */
const numbers = new Map<string, Intl.NumberFormat>()
const days = new Map<string, Intl.DateTimeFormat>()
const digits = new Map<string, number>()

export function numberText(value: number, language: string, most = 2): string {
  const key = `${language} ${most}`
  let format = numbers.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: most })
    numbers.set(key, format)
  }
  return format.format(value)
}

/** A day where the shop is, so that the page says the same wherever it is made. */
export function dayText(iso: string, language: string, timeZone: string): string {
  const key = `${language} ${timeZone}`
  let format = days.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone })
    days.set(key, format)
  }
  return format.format(new Date(iso))
}

/** How many digits a currency has after the point. */
export function digitsOf(currency: string): number {
  let known = digits.get(currency)
  if (known === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    known = format.resolvedOptions().maximumFractionDigits ?? 2
    digits.set(currency, known)
  }
  return known
}
