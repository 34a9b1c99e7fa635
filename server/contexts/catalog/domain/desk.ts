/** Longer than what anybody types to find a product. */
const KEY_LENGTH = 100

/** A name as staff look for it: without case, cut. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().slice(0, KEY_LENGTH).toWellFormed()
}
