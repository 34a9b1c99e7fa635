/**
 * Tells holders apart without naming them: a cart's id is its buyer's only key, so of
 * `<cart id>/<sku>` eight digits are shown: the end of the time at which it was made and two that are
 * random, which leaves 66 random bits unknown.
 */
export function holderOf(hold: string): string {
  const id = (hold.split('/')[0] ?? hold).replaceAll('-', '')
  return `${id.slice(6, 12)}${id.slice(13, 15)}`
}
