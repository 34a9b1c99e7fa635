import type { en } from './en.ts'

/** Every sentence of the storefront, in one language; plurals are functions of their number. */
export type Texts = typeof en

const known = new Map<string, Texts>()

/** Called before anything is rendered: with all languages on the server, with one in a browser. */
export function register(language: string, texts: Texts): void {
  known.set(language, texts)
}

/** A shop may speak a language that the storefront does not: then it speaks English, or what is there. */
export function textsOf(language: string): Texts {
  const texts = known.get(language) ?? known.get('en') ?? [...known.values()][0]
  if (texts === undefined) throw new Error(`There are no texts in ${language}.`)
  return texts
}
