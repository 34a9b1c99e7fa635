/**
 * Ukrainian stems. There is no Snowball algorithm for Ukrainian, so the endings of nouns and
 * adjectives are taken off by a table (A. P. Hryshchenko et al., Сучасна українська літературна
 * мова: the paradigms of the four declensions), the longest that leaves a syllable. Verbs are left
 * to their infinitive: product texts are nouns and adjectives. Words come folded: lower case,
 * without apostrophes, г for ґ. Linear in the length of the word.
 */
const VOWELS = 'аеєиіїоуюя'

const ENDINGS = (
  'ього ьому ього ьою ьої ' +
  'ими іми ого ому ої ою ій їй ий их іх им ім ' +
  'ами ями ів їв ей ам ям ах ях ом ем єм ею єю ією ії ію ія іє ' +
  'а я у ю о е є и і ї ь'
)
  .split(' ')
  .toSorted((a, b) => b.length - a.length)

const LIKE_ENDINGS = ['ом', 'ем', 'им', 'ам', 'ах', 'ів', 'ей', 'ій', 'их']

/** Endings of verbs, only where nothing else can be: the infinitive and the reflexive. */
const INFINITIVE = ['уватися', 'ювати', 'увати', 'атися', 'итися', 'ати', 'яти', 'ити', 'іти']

/**
 * Stems whose last vowel alternates when the syllable opens (колір – кольору, ремінь – ременя) or
 * vanishes, each form with the one that stands for all. A rule for every і would make ліс and лоск
 * one word, so these are listed: what shops sell, and the commonest others.
 */
const ALTERNATING = new Map(
  (
    'колір:кольор ніж:нож чобіт:чобот камін:камен ремін:ремен лід:льод ніч:ноч бік:бок ' +
    'папір:папер якір:якор ніс:нос стіл:стол хід:ход вихід:виход похід:поход вхід:вход ' +
    'перехід:переход підхід:підход поріг:порог пліт:плот дзвін:дзвон річ:реч піч:печ рік:рок ' +
    'колін:колен ніг:ног доріг:дорог голів:голов борід:бород коліс:колес пір:пер підошов:підошв ' +
    'потік:поток корін:корен жолоб:жолоб захват:захват весел:весл крісел:крісл вікон:вікн ' +
    'сідел:сідл полотен:полотн ребер:ребр мячик:мячик віз:воз зір:зор двір:двор узвіз:узвоз ' +
    'розмір:розмір обід:обод сторін:сторон панчіх:панчох сорочок:сорочк вісім:восьм осін:осен ' +
    'камін:камен ступін:ступен гребін:гребен промін:промен велоколіс:велоколес паркет:паркет ' +
    'захист:захист простір:простор мороз:мороз вогон:вогн пісок:піск сніг:сніг поділ:подол ' +
    'підлокіт:підлокот лікот:лікт локот:локт ніготь:нігт нігот:нігт кут:кут бойок:бойк ' +
    'відер:відр кілець:кілец куль:кул груш:груш'
  )
    .split(' ')
    .map((pair): [string, string] => {
      const [from = '', to = ''] = pair.split(':')
      return [from, to]
    })
    .filter(([from, to]) => from !== to),
)

/** The stem that stands for the word’s forms, still in Ukrainian letters. */
export function stemUkrainian(word: string): string {
  const infinitive = INFINITIVE.find((each) => word.endsWith(each) && word.length - each.length > 2)
  if (infinitive !== undefined) return word.slice(0, -infinitive.length)
  const stem = without(word, ENDINGS)
  // A noun whose own end looks like an ending (шолом, килим, режим) loses it with or without one.
  return alternated(stem.length >= 5 ? without(stem, LIKE_ENDINGS) : stem)
}

/**
 * The stem if the word is a locative or dative whose к became ц (у сумці, ракетці), which only a
 * dictionary could tell from the plural of -ець (гребінці); nothing for other words.
 */
export function stemOfLocative(word: string): string | undefined {
  return /[^аеєиіїоуюяь]ці$/.test(word) ? `${word.slice(0, -2)}к` : undefined
}

function alternated(stem: string): string {
  const hard = stem.endsWith('ь') ? stem.slice(0, -1) : stem
  const listed = ALTERNATING.get(hard)
  if (listed !== undefined) return listed
  // -ість, -ості: міцність, міцності.
  return hard.length > 4 && hard.endsWith('іст') ? `${hard.slice(0, -3)}ост` : hard
}

function without(word: string, endings: readonly string[]): string {
  const ending = endings.find((each) => word.endsWith(each) && isStem(word.slice(0, -each.length)))
  return ending === undefined ? word : word.slice(0, -ending.length)
}

function isStem(text: string): boolean {
  if (text.length < 2) return false
  for (const letter of text) if (VOWELS.includes(letter)) return true
  return false
}
