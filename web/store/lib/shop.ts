import { createContext, useContext } from 'react'

import { pathsFor, type Paths } from '../paths.ts'
import type { Money } from './format.ts'
import { textsOf, type Texts } from '../texts/index.ts'

/** What every page knows of its shop. */
export interface Here {
  readonly shop: ShopHere
  readonly language: string
  readonly languages: readonly string[]
  /** In which prices are shown, and in which they can be: the shop's main one first. */
  readonly currency: string
  readonly currencies: readonly string[]
  readonly origin: string
  /** Where what makes the shop an app is. */
  readonly manifest: string
  /** At the top. */
  readonly categories: readonly Place[]
}

export interface ShopHere {
  readonly slug: string
  readonly name: string
  /** The main one. */
  readonly currency: string
  /** IANA name: in which days and times are told. */
  readonly timeZone: string
  readonly look: ShopLook
  /** In the currency that is shown. */
  readonly delivery: readonly { readonly method: string; readonly price: Money }[]
}

/** What pages show of the shop's look; its colors and fonts are in the style sheet. */
export interface ShopLook {
  /** Address of the style sheet. */
  readonly css: string
  /** Of the browser's own bars. */
  readonly paper: { readonly light: string; readonly dark: string }
  readonly logo: { readonly url: string | null; readonly text: string | null }
  /** In the language of the page. */
  readonly tagline: string | null
}

/** A way to products. */
export interface Place {
  readonly slug: string
  readonly name: string
}

export interface Category extends Place {
  readonly parent: string | null
}

/** Set around every page by `root.tsx`. */
export const HereContext = createContext<Here | undefined>(undefined)

export function useHere(): Here {
  const here = useContext(HereContext)
  if (here === undefined) throw new Error('Only pages of a shop ask where they are.')
  return here
}

export function usePaths(): Paths {
  const { language, languages } = useHere()
  return pathsFor(language, languages[0] ?? language)
}

export function useTexts(): Texts {
  return textsOf(useHere().language)
}
