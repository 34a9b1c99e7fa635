import type { Tones } from './tones.ts'

/**
 * One kind of product, drawn on a sheet of 400 by 400 on which it stands at y = 320, without
 * background or shadow. Markup of SVG, ids none.
 */
export type Sketch = (tones: Tones) => string

const SHADE = '#0c1530'

/** A filled outline. */
export function fill(d: string, color: string): string {
  return `<path d="${d}" fill="${color}"/>`
}

/** A round-ended line. */
export function line(d: string, color: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
}

/** The part of a shape that lies in shade. */
export function dim(d: string, strength = 0.14): string {
  return `<path d="${d}" fill="${SHADE}" opacity="${strength}"/>`
}

/** The part of a shape that catches the light. */
export function glow(d: string, strength = 0.28): string {
  return `<path d="${d}" fill="#fff" opacity="${strength}"/>`
}

/** A thin dark line over anything: a seam, a fold. */
export function seam(d: string, strength = 0.25, width = 2.5): string {
  return `<path d="${d}" fill="none" stroke="${SHADE}" stroke-width="${width}" stroke-linecap="round" opacity="${strength}"/>`
}

/** A light line over anything. */
export function gleam(d: string, strength = 0.45, width = 5): string {
  return `<path d="${d}" fill="none" stroke="#fff" stroke-width="${width}" stroke-linecap="round" opacity="${strength}"/>`
}

export function oval(x: number, y: number, rx: number, ry: number, color: string): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${color}"/>`
}

export function disc(x: number, y: number, r: number, color: string): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${color}"/>`
}

export function ring(x: number, y: number, r: number, color: string, width: number): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="${color}" stroke-width="${width}"/>`
}

/** A box with round corners. */
export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  round: number,
  color: string,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${color}"/>`
}

/** Parts turned about a point, degrees clockwise. */
export function turned(degrees: number, x: number, y: number, parts: string): string {
  return `<g transform="rotate(${degrees} ${x} ${y})">${parts}</g>`
}

/** Parts moved, and grown about their origin. */
export function placed(x: number, y: number, scale: number, parts: string): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})">${parts}</g>`
}

/** Parts as in a mirror that stands at x. */
export function mirrored(x: number, parts: string): string {
  return `<g transform="translate(${2 * x} 0) scale(-1 1)">${parts}</g>`
}

/** Light from the upper left and shade to the lower right on a round thing. */
export function roundness(x: number, y: number, r: number): string {
  const edge = (inset: number): string =>
    `M${x + r * 0.7} ${y - r * 0.71}A${r} ${r} 0 1 1 ${x - r * 0.7} ${y + r * 0.71}A${r * inset} ${r * inset} 0 0 0 ${x + r * 0.7} ${y - r * 0.71}Z`
  return (
    dim(edge(1.25), 0.16) +
    dim(edge(1.05), 0.07) +
    `<ellipse cx="${x - r * 0.38}" cy="${y - r * 0.42}" rx="${r * 0.3}" ry="${r * 0.2}" fill="#fff" opacity="0.35" transform="rotate(-40 ${x - r * 0.38} ${y - r * 0.42})"/>`
  )
}
