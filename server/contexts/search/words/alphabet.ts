/**
 * Letters made comparable. Everything is folded letter by letter, so time is linear; what a person
 * may type for one letter (ё for е, ґ for г, an apostrophe of any shape) is one letter here.
 */

/** Every sign that is typed for an apostrophe; ʼ (U+02BC) is the right one in Ukrainian. */
export const APOSTROPHES = '\'’ʼ`‘′"ˈ´'

const CYRILLIC = /[Ѐ-ӿ]/
const LATIN = /[a-z]/

/** Latin letters that look like a Cyrillic one, and the other way round. */
const LOOKS: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
}
const LOOKS_LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LOOKS).map(([latin, cyrillic]) => [cyrillic, latin]),
)

/** A word of one alphabet whose letters are only made small. */
const PLAIN = /^(?:[a-zA-Z]+|[а-яіїєА-ЯІЇЄ]+)$/

const LETTERS: Readonly<Record<string, string>> = {
  ё: 'е',
  ґ: 'г',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
}

/** Cyrillic letters of both languages that a stem does not keep apart. */
const COMMON: Readonly<Record<string, string>> = {
  і: 'и',
  ї: 'и',
  ы: 'и',
  є: 'е',
  э: 'е',
  ё: 'е',
  ґ: 'г',
  ь: '',
  ъ: '',
}

const VOWELS = 'аеиоуюя'

/** Stems with a vowel that goes before other letters than к and ц: too many words keep it to say so of all. */
const FLEETING = new Map(
  'ремен:ремн камен:камн корен:корн весел:весл кресел:кресл сосен:сосн петел:петл седел:седл стекол:стекл огон:огн угол:угл узел:узл козел:козл перстен:перстн полотен:полотн пятен:пятн окон:окн ядер:ядр ребер:ребр сестер:сестр чехол:чехл котел:котл пепел:пепл ковер:ковр'
    .split(' ')
    .map((pair): [string, string] => {
      const [from = '', to = ''] = pair.split(':')
      return [from, to]
    }),
)

export function isCyrillic(word: string): boolean {
  return CYRILLIC.test(word)
}

/**
 * A word in lower case, of one alphabet: NFKC, without apostrophes and accents (й and ї stay),
 * ё as е, ґ as г, and letters of the other alphabet that only look right (кpосівки with a Latin p)
 * made right.
 */
export function foldedWord(raw: string): string {
  if (PLAIN.test(raw)) return raw.toLowerCase()
  let folded = ''
  for (const letter of raw.normalize('NFKC').toLowerCase()) {
    if (APOSTROPHES.includes(letter) || /\p{M}/u.test(letter)) continue
    folded +=
      LETTERS[letter] ?? (letter > 'ÿ' && !isCyrillic(letter) ? plain(letter) : accentless(letter))
  }
  return LATIN.test(folded) && isCyrillic(folded) ? ofOneAlphabet(folded) : folded
}

function accentless(letter: string): string {
  return letter > '\u007f' && letter <= 'ÿ' ? plain(letter) : letter
}

function plain(letter: string): string {
  return letter.normalize('NFD').replaceAll(/\p{M}/gu, '')
}

function ofOneAlphabet(word: string): string {
  const letters = word.split('')
  const canBeLatin = letters.every((each) => !isCyrillic(each) || each in LOOKS_LATIN)
  const looks = canBeLatin ? LOOKS_LATIN : LOOKS
  return letters.map((each) => looks[each] ?? each).join('')
}

/**
 * A Cyrillic stem in the common alphabet: what Ukrainian and Russian write differently and what is
 * mistyped most often (и, і, ы; a doubled letter: теніс, теннис) is one. So both languages, and
 * either one’s stem of a word of the other, meet where the words are of one root.
 */
export function commonAlphabet(stem: string): string {
  let common = ''
  for (const letter of stem) {
    const each = COMMON[letter] ?? letter
    if (each !== '' && (common.at(-1) !== each || VOWELS.includes(each))) common += each
  }
  return withoutFleetingVowel(common)
}

/**
 * The vowel that comes and goes before к and ц (кросівок – кросівки, палець – пальці, варежек –
 * варежки, маек – майки) goes. Every stem passes here, so that forms without it meet the same.
 */
function withoutFleetingVowel(stem: string): string {
  const listed = FLEETING.get(stem)
  if (listed !== undefined) return listed
  const last = stem.slice(-2)
  if (stem.length === 4 && last === 'ек' && VOWELS.includes(stem[1] ?? ''))
    return `${stem.slice(0, 2)}йк`
  if (stem.length < 5) return stem
  const before = stem.at(-3) ?? ''
  if (last === 'ок' || last === 'ек') {
    if (!VOWELS.includes(before)) return `${stem.slice(0, -2)}к`
    return last === 'ек' ? `${stem.slice(0, -2)}йк` : stem
  }
  return last === 'ец' && !VOWELS.includes(before) ? `${stem.slice(0, -2)}ц` : stem
}
