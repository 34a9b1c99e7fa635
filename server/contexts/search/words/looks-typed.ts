const VOWELS = /[aeiouyаеєиіїоуюяыэё]/u

/**
 * Whether a word looks like one of its alphabet. Keys pressed in the wrong layout rarely do: `,jrcth`
 * has a sign within it, `rhjcsdrb` and `вгьииудд` a run of consonants that no word has.
 */
export function looksTyped(piece: string): boolean {
  const word = piece.toLowerCase()
  if (/[a-z][;,.[\]`\\][a-z]|^[;,[\]`][a-z]|[a-z][;[\]`]$/.test(word)) return false
  if (/^[ьъы]|[аеиоуыэюяіїє]ь/u.test(word)) return false
  let consonants = 0
  let longest = 0
  for (const letter of word) {
    consonants = VOWELS.test(letter) || !/\p{L}/u.test(letter) ? 0 : consonants + 1
    longest = Math.max(longest, consonants)
  }
  return longest < 5 && VOWELS.test(word)
}
