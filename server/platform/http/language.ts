import type { Tenant } from '../tenants.ts'

/**
 * The language of an answer: what the query asks for, else the first of `Accept-Language`
 * (RFC 9110 section 12.5.4, by weight) that the shop speaks, else the shop's first.
 */
export function languageOf(
  { languages }: Pick<Tenant, 'languages'>,
  asked: string | undefined,
  accepted: string | undefined,
): string {
  const wishes = [asked ?? '', ...byWeight(accepted ?? '')]
  for (const wish of wishes) {
    const found = languages.find((each) => wish.toLowerCase().split('-')[0] === each)
    if (found !== undefined) return found
  }
  return languages[0] ?? 'en'
}

function byWeight(header: string): string[] {
  return header
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const weight = /^\s*q=([01](?:\.\d{0,3})?)$/.exec(parameters[0] ?? '')?.[1]
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}
