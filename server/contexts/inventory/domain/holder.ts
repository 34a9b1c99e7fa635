/**
 * Tells holders apart without naming them: a cart's id is its buyer's only key, so of
 * `<cart id>/<sku>` no more than the first digits are shown.
 */
export function holderOf(hold: string): string {
  return (hold.split('/')[0] ?? hold).slice(0, 8)
}
