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
