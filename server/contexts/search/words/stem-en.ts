/**
 * English stems by Porter’s second algorithm (snowballstem.org/algorithms/english). Words come
 * folded: lower case, without apostrophes. Linear in the length of the word.
 */
const VOWEL = 'aeiouy'
const DOUBLES = ['bb', 'dd', 'ff', 'gg', 'mm', 'nn', 'pp', 'rr', 'tt']

const WHOLE: Readonly<Record<string, string>> = {
  skis: 'ski',
  skies: 'sky',
  idly: 'idl',
  gently: 'gentl',
  ugly: 'ugli',
  early: 'earli',
  only: 'onli',
  singly: 'singl',
  sky: 'sky',
  news: 'news',
  howe: 'howe',
  atlas: 'atlas',
  cosmos: 'cosmos',
  bias: 'bias',
  andes: 'andes',
}
const AFTER_PLURAL = new Set([
  'inning',
  'outing',
  'canning',
  'herring',
  'earring',
  'proceed',
  'exceed',
  'succeed',
])

/** Beginnings after which the first region starts, whatever their letters. */
const IRREGULAR_REGIONS = ['gener', 'commun', 'arsen']

/** Plurals that no ending tells. Not part of Porter’s algorithm; shops meet them all the time. */
const IRREGULAR: Readonly<Record<string, string>> = {
  women: 'woman',
  men: 'man',
  children: 'child',
  feet: 'foot',
  knives: 'knife',
  skiing: 'ski',
  skier: 'ski',
}

const STEP_2: readonly (readonly [string, string])[] = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
]
const STEP_3: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
]
const STEP_4 = [
  'ement',
  'ance',
  'ence',
  'able',
  'ible',
  'ment',
  'ant',
  'ent',
  'ism',
  'ate',
  'iti',
  'ous',
  'ive',
  'ize',
  'al',
  'er',
  'ic',
]

/** The stem of a word of Latin letters. */
export function stemEnglish(word: string): string {
  // What is worn is not a leg.
  if (word === 'leggings' || word === 'legging') return 'legging'
  return porter(IRREGULAR[word] ?? word)
}

/** Porter’s algorithm alone, as the published vocabulary has it. */
export function porter(given: string): string {
  if (given.length <= 2) return given
  const whole = WHOLE[given]
  if (whole !== undefined) return whole
  const marked = markConsonantY(given)
  const r1 = firstRegion(marked)
  const r2 = afterVowelConsonant(marked, r1)
  let word = step1a(marked)
  if (AFTER_PLURAL.has(word)) return word
  word = step1b(word, r1)
  word = step1c(word)
  word = step2(word, r1)
  word = step3(word, r1, r2)
  word = step4(word, r2)
  return step5(word, r1, r2).toLowerCase()
}

function isVowel(letter: string | undefined): boolean {
  return letter !== undefined && letter !== '' && VOWEL.includes(letter)
}

function markConsonantY(word: string): string {
  let marked = ''
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] ?? ''
    marked += letter === 'y' && (at === 0 || isVowel(marked[at - 1])) ? 'Y' : letter
  }
  return marked
}

function firstRegion(word: string): number {
  const begin = IRREGULAR_REGIONS.find((each) => word.startsWith(each))
  return begin === undefined ? afterVowelConsonant(word, 0) : begin.length
}

/** The place after the first consonant that follows a vowel; the end when there is none. */
function afterVowelConsonant(word: string, from: number): number {
  for (let at = from + 1; at < word.length; at++)
    if (!isVowel(word[at]) && isVowel(word[at - 1])) return at + 1
  return word.length
}

function hasVowel(text: string): boolean {
  for (const letter of text) if (isVowel(letter)) return true
  return false
}

function step1a(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (word.endsWith('ied') || word.endsWith('ies')) return word.slice(0, word.length > 4 ? -2 : -1)
  if (word.endsWith('us') || word.endsWith('ss') || !word.endsWith('s')) return word
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word
}

function step1b(word: string, r1: number): string {
  for (const ending of ['eedly', 'eed'])
    if (word.endsWith(ending))
      return word.length - ending.length >= r1 ? `${word.slice(0, -ending.length)}ee` : word
  const ending = ['ingly', 'edly', 'ing', 'ed'].find((each) => word.endsWith(each))
  if (ending === undefined) return word
  const rest = word.slice(0, -ending.length)
  if (ending === 'ing' && /^[^aeiou]y$/.test(rest)) return `${rest.slice(0, 1)}ie`
  if (!hasVowel(rest)) return word
  if (/^[aeo](.)\1$/.test(rest)) return rest
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`
  if (DOUBLES.some((each) => rest.endsWith(each))) return rest.slice(0, -1)
  return isShort(rest, r1) ? `${rest}e` : rest
}

function isShort(word: string, r1: number): boolean {
  return r1 >= word.length && endsInShortSyllable(word)
}

function endsInShortSyllable(word: string): boolean {
  const [before, vowel, last] = [word.at(-3), word.at(-2), word.at(-1)]
  if (word.length === 2) return isVowel(word[0]) && !isVowel(word[1])
  return (
    before !== undefined &&
    !isVowel(before) &&
    isVowel(vowel) &&
    !isVowel(last) &&
    !'wxY'.includes(last ?? '')
  )
}

function step1c(word: string): string {
  const before = word.at(-2)
  const isConsonantBefore = word.length > 2 && before !== undefined && !isVowel(before)
  return /[yY]$/.test(word) && isConsonantBefore ? `${word.slice(0, -1)}i` : word
}

function step2(word: string, r1: number): string {
  for (const [ending, instead] of STEP_2)
    if (word.endsWith(ending)) return replaced(word, ending, instead, r1)
  if (word.endsWith('ogi')) return word.endsWith('logi') ? replaced(word, 'ogi', 'og', r1) : word
  if (word.endsWith('li')) return /[cdeghkmnrt]li$/.test(word) ? replaced(word, 'li', '', r1) : word
  return word
}

function replaced(word: string, ending: string, instead: string, region: number): string {
  const at = word.length - ending.length
  return at >= region ? word.slice(0, at) + instead : word
}

function step3(word: string, r1: number, r2: number): string {
  for (const [ending, instead] of STEP_3)
    if (word.endsWith(ending)) return replaced(word, ending, instead, r1)
  return word.endsWith('ative') ? replaced(word, 'ative', '', Math.max(r1, r2)) : word
}

function step4(word: string, r2: number): string {
  const ending = STEP_4.find((each) => word.endsWith(each))
  if (ending !== undefined) return replaced(word, ending, '', r2)
  return /[st]ion$/.test(word) ? replaced(word, 'ion', '', r2) : word
}

function step5(word: string, r1: number, r2: number): string {
  const rest = word.slice(0, -1)
  if (word.endsWith('e')) {
    if (rest.length >= r2) return rest
    return rest.length >= r1 && !endsInShortSyllable(rest) ? rest : word
  }
  return word.endsWith('ll') && rest.length >= r2 ? rest : word
}
