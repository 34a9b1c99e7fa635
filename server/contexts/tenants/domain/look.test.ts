import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Look } from '../contract.ts'
import { demoLook } from '../../../demo/looks.ts'
import { contrast } from './contrast.ts'
import { DEFAULT_LOOK, wornBy } from './look.ts'
import { styleSheet } from './style-sheet.ts'

const shop = { languages: ['uk', 'ru', 'en'] }

function dark(colors: Partial<Look['colors']['dark']>): Look {
  const { light, dark: before } = DEFAULT_LOOK.colors
  return { ...DEFAULT_LOOK, colors: { light, dark: { ...before, ...colors } } }
}

test('contrast is that of WCAG, whichever color is named first', () => {
  const check = (one: string, other: string, ratio: number) => {
    assert.equal(Math.round(contrast(one, other) * 100) / 100, ratio, `${one} ${other}`)
    assert.equal(contrast(one, other), contrast(other, one))
  }
  check('#000000', '#ffffff', 21)
  check('#777777', '#777777', 1)
  // The pair that everybody knows: one step lighter is too light.
  check('#767676', '#ffffff', 4.54)
  check('#777777', '#ffffff', 4.48)
  check('#ff0000', '#ffffff', 4)
})

test('the look of a shop that has said nothing can be read, and so can those of the demo', () => {
  for (const look of [DEFAULT_LOOK, demoLook({ slug: 'demo' }), demoLook({ slug: 'second' })]) {
    assert.deepEqual(wornBy(shop, look), { ok: true, value: look })
  }
})

test('TENANTS-4: text that is hard to read is refused in either mode, and the ratio is never rounded up', () => {
  const muted = wornBy(shop, dark({ muted: '#4a4d55' }))
  assert.ok(!muted.ok && muted.refusal.code === 'tenants.contrast-low')
  const { mode, text, background, ratio, least } = muted.refusal
  assert.deepEqual([mode, text, background, least], ['dark', 'muted', 'paper', 4.5])
  assert.ok(ratio < 4.5)

  const { light } = DEFAULT_LOOK.colors
  const almost = { ...light, paper: '#ffffff', muted: '#777777' }
  const given = { ...DEFAULT_LOOK, colors: { ...DEFAULT_LOOK.colors, light: almost } }
  const refused = wornBy(shop, given)
  assert.ok(!refused.ok && refused.refusal.code === 'tenants.contrast-low')
  assert.equal(refused.refusal.ratio, 4.47)

  const button = wornBy(shop, dark({ onAccent: '#ffffff' }))
  assert.ok(!button.ok && button.refusal.code === 'tenants.contrast-low')
  assert.deepEqual([button.refusal.text, button.refusal.background], ['onAccent', 'accent'])
})

test('a line about the shop is in languages of the shop', () => {
  const outcome = wornBy(shop, { ...DEFAULT_LOOK, tagline: { en: 'x', de: 'y' } })
  assert.deepEqual(outcome, {
    ok: false,
    refusal: { code: 'tenants.language-unknown', language: 'de' },
  })
})

test('the style sheet sets every token of the storefront, dark where that is preferred', () => {
  const css = styleSheet(demoLook({ slug: 'second' }))
  const [light = '', night = ''] = css.split('@media (prefers-color-scheme: dark)')
  for (const [sheet, accent] of [
    [light, '#2f5d3a'],
    [night, '#f0b64a'],
  ] as const) {
    for (const token of 'paper card ink muted line accent on-accent good bad'.split(' ')) {
      assert.match(sheet, new RegExp(`--${token}: #[0-9a-f]{6};`), token)
    }
    assert.ok(sheet.includes(`--accent: ${accent};`))
  }
  assert.match(light, /--round: 0\.125rem;/)
})

test('fonts are asked for once the page says so, or where nothing could say it', () => {
  const [first = '', said = '', silent = ''] = styleSheet(demoLook({ slug: 'second' })).split(
    '\n}\n',
  )
  assert.match(first, /--font-heading: 'Rubik Fallback', system-ui/)
  assert.match(first, /--font-text: 'Golos Fallback', system-ui/)
  assert.match(first, /--fonts: 'Golos Text Variable', 'Rubik Variable';/)
  for (const sheet of [said, silent])
    assert.match(sheet, /--font-heading: 'Rubik Variable', 'Rubik/)
  assert.match(said, /^:root\[data-fonts\]/)
  assert.match(silent, /^@media \(scripting: none\)/)
})
