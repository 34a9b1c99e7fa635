import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Aggregate } from '#platform/write/commit'

import type { Look, LookRefusal, LookSet, Mode, Palette } from '../contract.ts'
import { contrast } from './contrast.ts'

/** Text of the usual size (WCAG 2.2, success criterion 1.4.3). */
export const LEAST_CONTRAST = 4.5

/** Of a shop that has set nothing. The storefront's own style sheet says the same. */
export const DEFAULT_LOOK: Look = {
  colors: {
    light: {
      paper: '#fbfaf7',
      card: '#ffffff',
      ink: '#16181d',
      muted: '#5b6170',
      line: '#e3e1da',
      accent: '#c8401f',
      onAccent: '#ffffff',
      good: '#1d7a46',
      bad: '#b3261e',
    },
    dark: {
      paper: '#14161a',
      card: '#1d2026',
      ink: '#f2f1ee',
      muted: '#a5abb8',
      line: '#30343d',
      accent: '#ff8c66',
      onAccent: '#1b0d07',
      good: '#6fd39b',
      bad: '#ff8a80',
    },
  },
  radius: 0.75,
  fonts: 'system',
  logo: { asset: null, text: null },
  tagline: {},
}

/** The shop's own look; one stream a shop. */
export const looks: Aggregate<Look, LookSet> = {
  kind: 'look',
  initial: DEFAULT_LOOK,
  apply: (_, { look }) => look,
}

/** What is written on what. */
const WRITTEN: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(['ink', 'muted', 'accent', 'good', 'bad'] as const).flatMap((text) =>
    (['paper', 'card'] as const).map((background) => [text, background] as const),
  ),
  ['onAccent', 'accent'],
]

const MODES: readonly Mode[] = ['light', 'dark']

/** A look that can be read, in languages of the shop; or what is wrong with it first. */
export function wornBy(
  { languages }: Pick<Tenant, 'languages'>,
  look: Look,
): Outcome<Look, LookRefusal> {
  for (const mode of MODES) {
    for (const [text, background] of WRITTEN) {
      const colors = look.colors[mode]
      const ratio = contrast(colors[text], colors[background])
      if (ratio >= LEAST_CONTRAST) continue
      // Cut, not rounded: 4.499 is not enough and should not look as if it were.
      const shown = Math.floor(ratio * 100) / 100
      return refuse({
        code: 'tenants.contrast-low',
        mode,
        text,
        background,
        ratio: shown,
        least: LEAST_CONTRAST,
      })
    }
  }
  const strange = Object.keys(look.tagline).find((language) => !languages.includes(language))
  if (strange !== undefined) return refuse({ code: 'tenants.language-unknown', language: strange })
  return accept(look)
}
