/** The same keys in each layout, from the one above Tab to the one before the right Shift. */
const LATIN = "`qwertyuiop[]asdfghjkl;'\\zxcvbnm,."
const KEYS = {
  uk: "'йцукенгшщзхїфівапролджєґячсмитьбю",
  ru: 'ёйцукенгшщзхъфывапролджэ\\ячсмитьбю',
} as const

const toKeys = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map(from.split('').map((sign, at) => [sign, to[at] ?? sign]))

const FROM_LATIN = { uk: toKeys(LATIN, KEYS.uk), ru: toKeys(LATIN, KEYS.ru) }
const TO_LATIN = new Map([...toKeys(KEYS.ru, LATIN), ...toKeys(KEYS.uk, LATIN)])
/** Shifted signs of the keys that are letters in the other layout. */
const SHIFTED: Readonly<Record<string, string>> = {
  '{': '[',
  '}': ']',
  ':': ';',
  '"': "'",
  '<': ',',
  '>': '.',
  '~': '`',
  '|': '\\',
}

/** What the same keys write in a Cyrillic layout: `rhjcsdrb` is кросівки; , and ; are letters. */
export function typedInCyrillic(text: string, layout: 'uk' | 'ru'): string {
  return mapped(text, FROM_LATIN[layout])
}

/** What the same keys write in the Latin layout: еуте is `tent`. */
export function typedInLatin(text: string): string {
  return mapped(text, TO_LATIN)
}

function mapped(text: string, keys: ReadonlyMap<string, string>): string {
  let other = ''
  for (const sign of text.toLowerCase()) {
    const key = SHIFTED[sign] ?? sign
    other += keys.get(key) ?? key
  }
  return other
}
