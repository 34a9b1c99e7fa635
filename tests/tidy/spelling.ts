/**
 * Spelling is American (STYLE.md section 6) except `cancelled`, which the specifications use as a
 * status. Only words that were met or are likely here; a whole dictionary would cry wolf.
 */
const BRITISH: readonly (readonly [RegExp, string])[] = [
  [/catalogues?/, 'catalog'],
  [/behaviours?/, 'behavior'],
  [/colour(s|ed|ing|ful)?/, 'color'],
  [/(neighbour|honour|labour|flavour|harbour|favour)(s|ed|ing|hood|able|ite|ites)?/, '-or'],
  [
    /(author|organ|initial|serial|normal|optim|recogn|summar|minim|maxim)is(e|es|ed|ing|ation)/,
    '-ize',
  ],
  [/(priorit|sanit|synchron|categor|real|final|custom)is(e|es|ed|ing|ation)/, '-ize'],
  [/(analys|paralys)(e|ed|ing)/, '-yze'],
  [/licen[c]e[sd]?/, 'license'],
  [/(centre|metre|litre)s?/, '-er'],
  [/(modell|labell|travell|signall)(ed|ing)/, 'with one l'],
  [/canceled|canceling/, 'cancelled, cancelling'],
  [/grey/, 'gray'],
  [/defence/, 'defense'],
]

/** Words of other people's interfaces are spelled as they spell them. */
const THEIRS: readonly (readonly [path: RegExp, word: RegExp])[] = [
  [/^server\/contexts\/payments\/adapters\/stripe-/, /^canceled$/],
]

const RULES = BRITISH.map(
  ([pattern, instead]) =>
    [new RegExp(`(?<![A-Za-z])(${pattern.source})(?![a-z])`, 'i'), instead] as const,
)

/** Words spelled otherwise than the house does, one line each. */
export function spellingViolations(path: string, text: string): string[] {
  // The rules and their planted violations have to name what they forbid.
  if (path.startsWith('tests/tidy/')) return []
  // Hardly any file breaks any of them: only then is it looked at line by line.
  const broken = RULES.filter(([pattern]) => pattern.test(text))
  if (broken.length === 0) return []
  return text.split('\n').flatMap((line, at) =>
    broken.flatMap(([pattern, instead]) => {
      const match = pattern.exec(line)
      if (match === null) return []
      if (THEIRS.some(([file, word]) => file.test(path) && word.test(match[0]))) return []
      return [`${path}:${at + 1}: "${match[0]}" is spelled ${instead} here`]
    }),
  )
}
