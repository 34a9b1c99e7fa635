import assert from 'node:assert/strict'
import { test } from 'node:test'

import sharp from 'sharp'

import { loadDemo } from '../catalog.ts'
import { readOptions } from '../files.ts'
import { drawing } from './drawing.ts'
import { KINDS, type Kind } from './kinds.ts'
import { picturesOf } from './pictures-of.ts'
import { COLORS } from './tones.ts'

const VIEWS = ['whole', 'detail', 'scene'] as const

const products = loadDemo().flatMap((shop) => shop.products)

const look = { color: 'blue', accent: '#f08327', seed: 7 }

/** What is wrong with a drawing, in words. */
function faultsOf(svg: string): string[] {
  const faults: string[] = []
  if (Buffer.byteLength(svg) > 6_000) faults.push(`has ${Buffer.byteLength(svg)} bytes`)
  if (!/^<svg xmlns="[^"]+" viewBox="0 0 400 400" width="800" height="800">/.test(svg)) {
    faults.push('has no size')
  }
  if (/NaN|undefined|Infinity/.test(svg)) faults.push('has a number that is none')
  for (const [, element] of svg.matchAll(/<([a-z]\w*)/gi)) {
    if (!/^(?:svg|g|path|rect|circle|ellipse)$/.test(element ?? '')) {
      faults.push(`has an element ${element}`)
    }
  }
  const open = svg.match(/<g[ >]/g)?.length ?? 0
  if (open !== (svg.match(/<\/g>/g)?.length ?? 0)) faults.push('leaves a group open')
  return faults
}

test('every kind has a drawing of shapes and colors only, of at most 6 kB, in each view', () => {
  assert(KINDS.length >= 100, `${KINDS.length} kinds`)
  for (const kind of KINDS) {
    for (const view of VIEWS) {
      assert.deepEqual(faultsOf(drawing(kind, { ...look, view })), [], `${kind}, ${view}`)
    }
  }
})

test('the check of drawings finds what it looks for', () => {
  const frame = (inside: string): string =>
    `<svg xmlns="x" viewBox="0 0 400 400" width="800" height="800">${inside}</svg>`
  assert.deepEqual(faultsOf(frame('<path d="M1 2"/>')), [])
  assert.deepEqual(faultsOf('<svg></svg>'), ['has no size'])
  assert.deepEqual(faultsOf(frame('<script/>')), ['has an element script'])
  assert.deepEqual(faultsOf(frame('<g><path d="MNaN 2"/>')), [
    'has a number that is none',
    'leaves a group open',
  ])
  assert.deepEqual(faultsOf(frame(' '.repeat(6_000))), ['has 6068 bytes'])
})

test('the same look is the same drawing, another color, brand, seed or view another', () => {
  for (const kind of KINDS) {
    const drawn = drawing(kind, look)
    assert.equal(drawn, drawing(kind, { ...look, view: 'whole' }))
    for (const change of [
      { color: 'red' },
      { color: 'white' },
      { accent: '#7a58c4' },
      { seed: 8 },
      { view: 'detail' as const },
      { view: 'scene' as const },
    ]) {
      assert.notEqual(
        drawn,
        drawing(kind, { ...look, ...change }),
        `${kind}, ${JSON.stringify(change)}`,
      )
    }
  }
  assert.throws(() => drawing('mug', { ...look, color: 'plaid' }), /no color plaid/)
})

test('two kinds are never one drawing', () => {
  assert.equal(new Set(KINDS.map((kind) => drawing(kind, look))).size, KINDS.length)
})

test('every color that a variant can have can be painted, and no other', () => {
  const { color } = readOptions()
  assert.deepEqual(Object.keys(COLORS).toSorted(), Object.keys(color?.values ?? {}).toSorted())
})

/** The picture as pixels, 48 a side. */
async function pixelsOf(kind: Kind, color: string): Promise<Buffer> {
  const svg = drawing(kind, { ...look, color })
  return await sharp(Buffer.from(svg)).resize(48).removeAlpha().raw().toBuffer()
}

test('drawings can be rendered, differ between colors and are not mere paper', async () => {
  const sample = KINDS.filter((_, at) => at % 8 === 0)
  for (const kind of sample) {
    const [blue, orange] = [await pixelsOf(kind, 'blue'), await pixelsOf(kind, 'orange')]
    assert.equal(blue.length, 48 * 48 * 3)
    const changed = blue.filter((value, at) => Math.abs(value - (orange[at] ?? 0)) > 24).length
    assert(changed > blue.length * 0.08, `${kind} changes ${changed} of ${blue.length} values`)
    // The lightest paper of all is above 200 in every channel.
    const dark = blue.filter((value) => value < 120).length
    assert(dark > blue.length * 0.01, `${kind} has ${dark} dark values`)
  }
})

test('a product is shown in its colors, from near and where it is used', () => {
  const skif = products.find(({ slug }) => slug === 'vitrohin-skif-running-shoes')
  assert(skif)
  assert.deepEqual(
    picturesOf(skif).map(({ name, alt, color }) => [name.split('/')[1], alt.en, color]),
    [
      ['whole', 'Vitrohin Skif running shoes', null],
      ['close', 'Vitrohin Skif running shoes, close up', null],
      ['place', 'Vitrohin Skif running shoes at a stadium', null],
    ],
  )
  const names = new Set<string>()
  for (const product of products) {
    const pictures = picturesOf(product)
    assert(pictures.length >= 3 && pictures.length <= 6, product.slug)
    assert.equal(new Set(pictures.map(({ svg }) => svg)).size, pictures.length, product.slug)
    for (const { name } of pictures) names.add(name)
    const shown = new Set(pictures.map(({ color }) => color))
    const colors = product.variants.flatMap(({ options }) =>
      options.flatMap(({ code, valueCode }) => (code === 'color' ? [valueCode] : [])),
    )
    for (const color of [...new Set(colors)].slice(0, 4)) assert(shown.has(color), product.slug)
  }
  assert.equal(names.size, products.flatMap(picturesOf).length)
})

test('most kinds are sold', () => {
  const kinds = new Set(products.map(({ kind }) => kind))
  assert(kinds.size >= 120, `${kinds.size} kinds are sold`)
})
