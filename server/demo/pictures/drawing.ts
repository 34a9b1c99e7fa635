import { type Kind, sceneOf, sketchOf } from './kinds.ts'
import { backdrop } from './scenes.ts'
import { COLORS, lightness, mix, tonesOf } from './tones.ts'

/** The whole product, a part of it from near, or the product where it is used. */
export type View = 'whole' | 'detail' | 'scene'

export interface Look {
  /** A color code of `options.json`. */
  readonly color: string
  /** Of the brand, `#rrggbb`. */
  readonly accent: string
  /** Any integer; moves what stands behind the product. */
  readonly seed: number
  /** `whole` when absent. */
  readonly view?: View
}

/**
 * A product of the kind as an SVG of 800 by 800, the same for the same look: at most 6 kB, shapes
 * and plain colors only, so that nothing of it needs to be cleaned. Throws for an unknown color.
 */
export function drawing(kind: Kind, { color, accent, seed, view = 'whole' }: Look): string {
  const main = COLORS[color]
  if (main === undefined) throw new Error(`The pictures know no color ${color}.`)
  const product = sketchOf(kind)(tonesOf(main, apart(main, accent)))
  const inside = {
    whole: () => ground(main, accent, seed) + SHADOW + product,
    detail: () => ground(accent, main, seed + 1) + near(seed, product),
    scene: () => backdrop(sceneOf(kind), main) + among(seed, product),
  }[view]()
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="800" height="800">${short(inside)}</svg>`
}

const SHADOW = '<ellipse cx="200" cy="324" rx="132" ry="13" fill="#0c1530" opacity="0.16"/>'

/** The accent, or what can be told from the main color when they are nearly the same. */
function apart(main: string, accent: string): string {
  const [a, b] = [lightness(main), lightness(accent)]
  if (Math.abs(a - b) > 0.12 || distance(main, accent) > 110) return accent
  return mix(accent, a > 0.5 ? '#101828' : '#ffffff', 0.62)
}

function distance(one: string, other: string): number {
  return [1, 3, 5]
    .map(
      (at) =>
        Number.parseInt(one.slice(at, at + 2), 16) - Number.parseInt(other.slice(at, at + 2), 16),
    )
    .reduce((sum, difference) => sum + Math.abs(difference), 0)
}

/** A soft sheet of the tint's color with one large quiet shape. */
function ground(main: string, accent: string, seed: number): string {
  // A white ball on white paper is no picture.
  const tint = lightness(main) > 0.82 ? mix(main, accent, 0.6) : main
  const paper = mix('#f7f7f5', tint, 0.13)
  const shape = mix('#f7f7f5', tint, 0.27)
  const turn = (Math.imul(seed, 47) >>> 0) % 360
  const shapes = [
    `<circle cx="200" cy="196" r="164" fill="${shape}"/>`,
    `<rect x="52" y="44" width="296" height="296" rx="96" fill="${shape}" transform="rotate(${turn % 90} 200 192)"/>`,
    `<path d="M200 34C300 30 378 104 364 206S270 366 180 356S30 270 40 180S110 38 200 34Z" fill="${shape}" transform="rotate(${turn} 200 196)"/>`,
    `<circle cx="${120 + (turn % 160)}" cy="170" r="142" fill="${shape}"/><circle cx="${280 - (turn % 160)}" cy="250" r="96" fill="${mix('#f7f7f5', accent, 0.2)}"/>`,
  ]
  return `<rect width="400" height="400" fill="${paper}"/>${shapes[(Math.imul(seed, 31) >>> 3) % shapes.length] ?? ''}`
}

/** So near that the edges are cut. */
function near(seed: number, product: string): string {
  const [x, y, turn] = [
    [150, 170, -12],
    [244, 176, 10],
    [186, 240, 14],
    [232, 236, -9],
  ][(Math.imul(seed, 13) >>> 1) % 4] ?? [200, 200, 0]
  return `<g transform="translate(200 200) rotate(${turn}) scale(1.75) translate(${-(x ?? 0)} ${-(y ?? 0)})">${product}</g>`
}

/** On the ground of a scene, a little to one side. */
function among(seed: number, product: string): string {
  const x = 96 + ((Math.imul(seed, 29) >>> 2) % 5) * 8
  return `<g transform="translate(${x - 44} 118) scale(0.76)">${SHADOW}${product}</g>`
}

/** No number needs more than a tenth here. */
function short(markup: string): string {
  return markup.replaceAll(/\d+\.\d{2,}/g, (number) =>
    String(Number(Number(number).toFixed(number.startsWith('0.') ? 2 : 1))),
  )
}
