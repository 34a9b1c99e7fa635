/**
 * Russian stems by the Snowball algorithm (snowballstem.org/algorithms/russian). Words come folded:
 * lower case, е for ё. Linear in the length of the word.
 */
const VOWELS = 'аеиоуыэюя'

/** Longest first; those of a first group count only after а or я. */
const GERUNDS = [
  ['вшись', 'вши', 'в'],
  ['ившись', 'ывшись', 'ивши', 'ывши', 'ив', 'ыв'],
] as const
const ADJECTIVES = byLength(
  'ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею',
)
const PARTICIPLES = [byLength('ем нн вш ющ щ'), byLength('ивш ывш ующ')] as const
const VERBS = [
  byLength('ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно'),
  byLength(
    'ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю',
  ),
] as const
const NOUNS = byLength(
  'а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я',
)

function byLength(list: string): readonly string[] {
  return list.split(' ').toSorted((a, b) => b.length - a.length)
}

/** The stem of a word of Russian letters; other letters stay where they are. */
export function stemRussian(given: string): string {
  const rv = afterVowel(given, 0)
  const r2 = afterConsonant(given, afterConsonant(given, 0))
  let word = given
  const gerund = withoutGroups(word, rv, GERUNDS)
  if (gerund !== undefined) word = gerund
  else {
    word = without(word, rv, ['ся', 'сь']) ?? word
    const adjective = without(word, rv, ADJECTIVES)
    if (adjective !== undefined) word = withoutGroups(adjective, rv, PARTICIPLES) ?? adjective
    else word = withoutGroups(word, rv, VERBS) ?? without(word, rv, NOUNS) ?? word
  }
  word = without(word, rv, ['и']) ?? word
  word = without(word, Math.max(rv, r2), ['ость', 'ост']) ?? word
  return tidied(word, rv)
}

/** Undoubled н, no superlative, no soft sign: whichever of them comes first. */
function tidied(word: string, rv: number): string {
  const plain = without(word, rv, ['ейше', 'ейш'])
  const at = plain ?? word
  if (at.endsWith('нн') && at.length - 2 >= rv) return at.slice(0, -1)
  return plain ?? without(word, rv, ['ь']) ?? word
}

function afterVowel(word: string, from: number): number {
  for (let at = from; at < word.length; at++) if (VOWELS.includes(word[at] ?? '')) return at + 1
  return word.length
}

function afterConsonant(word: string, from: number): number {
  for (let at = afterVowel(word, from); at < word.length; at++)
    if (!VOWELS.includes(word[at] ?? '')) return at + 1
  return word.length
}

function without(word: string, region: number, endings: readonly string[]): string | undefined {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= region)
  return ending === undefined ? undefined : word.slice(0, -ending.length)
}

/** The longest ending of both groups; one of the first only after а or я. */
function withoutGroups(
  word: string,
  region: number,
  [afterA, anywhere]: readonly [readonly string[], readonly string[]],
): string | undefined {
  let longest = ''
  for (const each of afterA) {
    const before = word.length - each.length - 1
    if (each.length <= longest.length || before < region || !word.endsWith(each)) continue
    if ('ая'.includes(word[before] ?? '-')) longest = each
  }
  for (const each of anywhere)
    if (each.length > longest.length && word.endsWith(each) && word.length - each.length >= region)
      longest = each
  return longest === '' ? undefined : word.slice(0, -longest.length)
}
