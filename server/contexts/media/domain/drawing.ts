import assert from 'node:assert/strict'

const MOST_CHARACTERS = 64_000
const LONGEST_SIDE = 4_000

/** What a picture that is only drawn has no use for: it runs, reads or unfolds something. */
const HARMFUL = [
  /<!/,
  /<\?/,
  /<\s*(?:script|foreignObject|image|iframe|style|animate|set|a)\b/i,
  /\son\w+\s*=/i,
  // Only what is in the drawing itself may be referred to.
  /href\s*=\s*["'](?!#)/i,
  /url\(\s*["']?(?!#)/i,
  /javascript:|data:/i,
  /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)/i,
]

export interface DrawnSize {
  readonly width: number
  readonly height: number
}

/** The size of a drawing of ours, by its `viewBox`. Throws for what is no harmless drawing: that is a bug. */
export function drawnSize(name: string, svg: string): DrawnSize {
  assert(svg.length <= MOST_CHARACTERS, `the drawing ${name} is too long`)
  const head = /^\s*<svg\s[^>]*>/.exec(svg)?.[0]
  assert(head !== undefined, `the drawing ${name} does not begin with <svg …>`)
  const harm = HARMFUL.find((pattern) => pattern.test(svg))
  assert(harm === undefined, `the drawing ${name} is not harmless: ${harm?.source}`)
  const box = /viewBox="0 0 (\d{1,4}(?:\.\d+)?) (\d{1,4}(?:\.\d+)?)"/.exec(head)
  const [width, height] = [Number(box?.[1]), Number(box?.[2])]
  assert(
    width >= 1 && height >= 1 && width <= LONGEST_SIDE && height <= LONGEST_SIDE,
    `the drawing ${name} has no viewBox that begins with 0 0`,
  )
  return { width, height }
}
