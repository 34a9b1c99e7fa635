/** Numbers as people of a language write them; to make a format costs more than to use it. */
const numbers = new Map<string, Intl.NumberFormat>()

export function numberText(value: number, language: string, most = 2): string {
  const key = `${language} ${most}`
  let format = numbers.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: most })
    numbers.set(key, format)
  }
  return format.format(value)
}
