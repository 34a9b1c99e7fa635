import type { FontPair, Look, Palette } from '../contract.ts'

/** What is shown until a font has come, and where none does. */
const SYSTEM = 'system-ui, sans-serif'
const MANROPE = ["'Manrope Variable'", "'Manrope Fallback'"] as const
const RUBIK = ["'Rubik Variable'", "'Rubik Fallback'"] as const
const GOLOS = ["'Golos Text Variable'", "'Golos Fallback'"] as const

/** Faces are declared by the storefront (`fonts.css`), and beside each what takes about its room. */
const FONTS: Readonly<Record<FontPair, { readonly text: Face; readonly heading: Face }>> = {
  system: { text: [], heading: [] },
  manrope: { text: MANROPE, heading: MANROPE },
  'rubik-golos': { text: GOLOS, heading: RUBIK },
}

/** Its name and that of what stands in for it; nothing for the fonts of the system. */
type Face = readonly [] | readonly [own: string, instead: string]

/**
 * The tokens of the storefront's style sheet as this shop has them. Nothing a shop sets is text here
 * but what its schema knows: hexadecimal digits, a number and a word of ours.
 *
 * Fonts weigh more than all else that a page needs to be seen, so they are asked for once it is, by their
 * names in `--fonts`; when they are there the page says `data-fonts` (web/store/wake.ts). Where no script
 * runs nobody would say it.
 */
export function styleSheet({ colors, radius, fonts }: Look): string {
  const { text, heading } = FONTS[fonts]
  const own = `--font-text: ${family(...text)};
  --font-heading: ${family(...heading)};`
  return `:root {
${tokens(colors.light)}
  --round: ${radius}rem;
  --fonts: ${[...new Set([...text.slice(0, 1), ...heading.slice(0, 1)])].join(', ')};
  --font-text: ${family(...text.slice(1))};
  --font-heading: ${family(...heading.slice(1))};
}
:root[data-fonts] {
  ${own}
}
@media (scripting: none) {
:root {
  ${own}
}
}
@media (prefers-color-scheme: dark) {
:root {
${tokens(colors.dark)}
}
}
`
}

function family(...faces: readonly string[]): string {
  return [...faces, SYSTEM].join(', ')
}

function tokens(palette: Palette): string {
  const { onAccent, ...rest } = palette
  return Object.entries({ ...rest, 'on-accent': onAccent })
    .map(([name, color]) => `  --${name}: ${color};`)
    .join('\n')
}
