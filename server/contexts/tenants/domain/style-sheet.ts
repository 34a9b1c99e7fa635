import type { FontPair, Look, Palette } from '../contract.ts'

/** Faces are declared by the storefront; what stands behind each has about its width. */
const FONTS: Readonly<Record<FontPair, { readonly text: string; readonly heading: string }>> = {
  system: { text: 'system-ui, sans-serif', heading: 'system-ui, sans-serif' },
  manrope: {
    text: "'Manrope Variable', 'Manrope Fallback', system-ui, sans-serif",
    heading: "'Manrope Variable', 'Manrope Fallback', system-ui, sans-serif",
  },
  'rubik-golos': {
    text: "'Golos Text Variable', 'Golos Fallback', system-ui, sans-serif",
    heading: "'Rubik Variable', 'Rubik Fallback', system-ui, sans-serif",
  },
}

/**
 * The tokens of the storefront's style sheet as this shop has them. Nothing a shop sets is text here
 * but what its schema knows: hexadecimal digits, a number and a word of ours.
 */
export function styleSheet({ colors, radius, fonts }: Look): string {
  const { text, heading } = FONTS[fonts]
  return `:root {
${tokens(colors.light)}
  --round: ${radius}rem;
  --font-text: ${text};
  --font-heading: ${heading};
}
@media (prefers-color-scheme: dark) {
:root {
${tokens(colors.dark)}
}
}
`
}

function tokens(palette: Palette): string {
  const { onAccent, ...rest } = palette
  return Object.entries({ ...rest, 'on-accent': onAccent })
    .map(([name, color]) => `  --${name}: ${color};`)
    .join('\n')
}
