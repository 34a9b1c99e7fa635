/** The colors of the demo's pictures: every color code of `options.json`, and what shade makes of it. */

/** By the codes of the option `color`; sRGB. */
export const COLORS: Readonly<Record<string, string>> = {
  beige: '#dcc7a6',
  black: '#2b2e36',
  blue: '#2f6fd0',
  brown: '#8a5a3b',
  burgundy: '#8e2440',
  clear: '#cfe6ee',
  coral: '#f2735f',
  gold: '#d9a93a',
  graphite: '#4b515c',
  gray: '#9aa1ab',
  green: '#2f9a5b',
  lime: '#a6d23a',
  mint: '#8fd9bf',
  mirror: '#a9bccb',
  natural: '#d2a873',
  navy: '#22386b',
  olive: '#76803d',
  orange: '#f08327',
  pink: '#ef86a9',
  red: '#d93a3a',
  sand: '#cdb48a',
  silver: '#bfc7d0',
  sky: '#7cc0ee',
  turquoise: '#1fb0b4',
  violet: '#7a58c4',
  white: '#eef0f3',
  yellow: '#f3c62f',
}

/** What a sketch paints with. */
export interface Tones {
  readonly main: string
  readonly light: string
  readonly dark: string
  readonly deep: string
  readonly accent: string
  readonly accentDark: string
  /** Soles, handles, straps: nearly black. */
  readonly ink: string
  /** Midsoles, prints, labels: nearly white. */
  readonly pale: string
  readonly steel: string
  readonly steelDark: string
}

/** The tones of a product of the color, with parts in the accent; both `#rrggbb`. */
export function tonesOf(main: string, accent: string): Tones {
  const isDark = lightness(main) < 0.25
  return {
    main,
    light: mix(main, '#ffffff', isDark ? 0.22 : 0.38),
    dark: mix(main, '#101828', 0.24),
    deep: mix(main, '#101828', 0.48),
    accent,
    accentDark: mix(accent, '#101828', 0.28),
    ink: isDark ? '#14161b' : '#2a2e37',
    pale: '#f5f6f8',
    steel: '#b9c2cc',
    steelDark: '#7d8894',
  }
}

/** The color that is `part` of the way from one to the other; all `#rrggbb`. */
export function mix(from: string, to: string, part: number): string {
  const [a, b] = [channels(from), channels(to)]
  const mixed = a.map((value, at) => Math.round(value + ((b[at] ?? value) - value) * part))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** From 0, black, to 1, white, as the eye weighs the channels. */
export function lightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color)
  return (0.3 * red + 0.59 * green + 0.11 * blue) / 255
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
