/**
 * The language of an answer: the one asked for by `lang`, else the best of `Accept-Language`
 * (RFC 9110 section 12.5.4, matched by lookup as in RFC 4647 section 3.4), else the shop's first.
 * Only the shop's own languages are ever chosen.
 */
export function languageOf(
  languages: readonly string[],
  lang: string | undefined,
  acceptLanguage: string | undefined,
): string {
  const [first = ''] = languages
  if (lang !== undefined) return match(languages, lang) ?? first
  if (acceptLanguage === undefined || languages.length < 2) return first

  let best = first
  let bestQuality = 0
  // Nobody means more than a few languages; the rest of a long header is not worth reading.
  for (const range of acceptLanguage.slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = range.split(';')
    const quality = qualityOf(parameters)
    if (quality <= bestQuality) continue
    const found = tag.trim() === '*' ? first : match(languages, tag.trim())
    if (found === undefined) continue
    best = found
    bestQuality = quality
  }
  return best
}

/**
 * The languages a reader likes, the best first, in which texts are looked for: what `languageOf`
 * says, whatever else `Accept-Language` names, the shop's first. `pt-BR` is followed by `pt`.
 */
export function languagesOf(
  languages: readonly string[],
  lang: string | undefined,
  acceptLanguage: string | undefined,
): readonly string[] {
  const best = languageOf(languages, lang, acceptLanguage)
  const named = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';')
      return { tag: tag.trim(), quality: qualityOf(parameters) }
    })
  const others = named
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => match(languages, tag))
  const liked = [best, match(languages, parentOf(best)), ...others, languages[0]]
  return [...new Set(liked.filter((each) => each !== undefined))]
}

function parentOf(tag: string): string {
  const dash = tag.lastIndexOf('-')
  return dash < 0 ? tag : tag.slice(0, dash)
}

/** `uk-UA` is served by `uk`; tags are compared without case. */
function match(languages: readonly string[], tag: string): string | undefined {
  let wanted = tag.toLowerCase()
  for (;;) {
    const found = languages.find((each) => each.toLowerCase() === wanted)
    if (found !== undefined) return found
    const dash = wanted.lastIndexOf('-')
    if (dash < 0) return undefined
    wanted = wanted.slice(0, dash)
  }
}

function qualityOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const found = /^\s*q=([01](?:\.\d{1,3})?)\s*$/i.exec(parameter)
    if (found !== null) return Number(found[1])
  }
  return 1
}
