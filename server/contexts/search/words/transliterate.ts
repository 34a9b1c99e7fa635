/**
 * Words written in the other alphabet. Ukrainian by the resolution of the Cabinet of Ministers
 * № 55 of 2010 and as people write it; Russian as people write it. Several readings of one spelling
 * are several words; which is meant is told by the lexicon. The common alphabet of stems makes most
 * of the differences (и, і, ы) vanish.
 */
const COMMON =
  'shch:щ sch:щ zgh:зг kh:х zh:ж ch:ч sh:ш ts:ц tz:ц yu:ю ya:я iu:ю ia:я ju:ю ja:я ' +
  'a:а b:б v:в d:д z:з k:к l:л m:м n:н o:о p:п r:р s:с t:т u:у f:ф c:ц w:в q:к x:х'
const TABLES = {
  uk: tableOf(`${COMMON} ye:є ie:є je:є yi:ї ji:ї yo:йо jo:йо h:г g:г e:е y:и i:і j:й`),
  ru: tableOf(`${COMMON} ye:е ie:ие je:е yo:е jo:е yi:ый h:х g:г e:е y:ы i:и j:й`),
}
const TO_LATIN = {
  uk: pairs(
    'а:a б:b в:v г:h ґ:g д:d е:e є:ie ж:zh з:z и:y і:i ї:i й:i к:k л:l м:m н:n о:o п:p р:r с:s ' +
      'т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ь: ю:iu я:ia ы:y э:e ё:e ъ:',
  ),
  ru: pairs(
    'а:a б:b в:v г:g ґ:g д:d е:e є:ye ж:zh з:z и:i і:i ї:yi й:y к:k л:l м:m н:n о:o п:p р:r с:s ' +
      'т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sch ь: ю:yu я:ya ы:y э:e ё:yo ъ:',
  ),
}
const AT_START = { uk: pairs('є:ye ї:yi й:y ю:yu я:ya'), ru: pairs('е:e') }
const LONGEST = 4

function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split(' ').map((pair): [string, string] => {
      const [from = '', to = ''] = pair.split(':')
      return [from, to]
    }),
  )
}

function tableOf(list: string): ReadonlyMap<string, string> {
  return pairs(list)
}

/** The Cyrillic words a Latin spelling may mean, at most seven: krossovki, butsy, hyria. */
export function inCyrillic(word: string): readonly string[] {
  // A ts may be one letter or two: бутси, рукавиці.
  const spellings = word.includes('ts') ? [word, word.replaceAll('ts', 't|s')] : [word]
  const found = spellings.flatMap((spelling) => {
    const ukrainian = read(spelling, TABLES.uk).replaceAll('|', '')
    const russian = read(spelling, TABLES.ru).replaceAll('|', '')
    return [
      ukrainian.replaceAll(/([аеєиіїоуюя])і/g, '$1ї'),
      ukrainian.replaceAll(/([аеєиіїоуюя])і/g, '$1й'),
      russian.replaceAll(/([аеиоуыэюя])[ыи]/g, '$1й'),
    ]
  })
  if (/^(yo|jo)/.test(word)) found.push(`й${read(word.slice(1), TABLES.ru)}`)
  // In Russian an h is also г.
  if (word.includes('h')) found.push(read(word, TABLES.ru).replaceAll('х', 'г'))
  return [...new Set(found)].slice(0, 7)
}

/** The Latin words a Cyrillic spelling may mean, at most four: вітрохін, тишара. */
export function inLatin(word: string): readonly string[] {
  const ukrainian = written(word, TO_LATIN.uk, AT_START.uk)
  const russian = written(word, TO_LATIN.ru, AT_START.ru)
  const plain = russian.replaceAll('y', 'i')
  const mixed = ukrainian.replaceAll('kh', 'h')
  return [...new Set([ukrainian, russian, mixed, plain])]
}

function read(word: string, table: ReadonlyMap<string, string>): string {
  let cyrillic = ''
  let at = 0
  while (at < word.length) {
    let length = Math.min(LONGEST, word.length - at)
    while (length > 1 && !table.has(word.slice(at, at + length))) length--
    const letters = word.slice(at, at + length)
    cyrillic += table.get(letters) ?? letters
    at += length
  }
  return cyrillic
}

function written(
  word: string,
  table: ReadonlyMap<string, string>,
  atStart: ReadonlyMap<string, string>,
): string {
  let latin = ''
  for (const letter of word)
    latin += (latin === '' ? atStart.get(letter) : undefined) ?? table.get(letter) ?? letter
  return latin
}
