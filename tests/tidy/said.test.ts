/** Components say nothing of their own, and every language says everything. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { saidInComponents } from './said.ts'
import { readFiles, root } from './tree.ts'

test('no text stands in a component', () => {
  assert.deepEqual(saidInComponents(readFiles(['web/store/**/*.tsx', 'web/kit/**/*.tsx'])), [])
})

for (const [planted, code] of Object.entries({
  'between tags': 'export const A = () => <p>Buy now</p>',
  'in a name that is heard': 'export const A = () => <button aria-label="Close" />',
  'as an expression': 'export const A = () => <p>{"Купити"}</p>',
  'as one of two': 'export const A = () => <img alt={x ? "" : "A ball"} />',
  'within a template': 'export const A = () => <input placeholder={`Find ${x}`} />',
})) {
  test(`text ${planted} is found`, () => {
    assert.equal(saidInComponents({ 'web/store/planted.tsx': code }).length, 1)
  })
}

test('signs, figures and what comes from texts are no text of a component', () => {
  const code = 'export const A = () => <p title={texts.a}>{texts.b} × {2} · ₴ {" "}</p>'
  assert.deepEqual(saidInComponents({ 'web/store/planted.tsx': code }), [])
})

const folder = `${root}web/store/texts`
const files = readdirSync(`${folder}/en`).toSorted()

type Said = Readonly<Record<string, unknown>>

async function said(language: string, file: string): Promise<Said> {
  const found = (await import(pathToFileURL(`${folder}/${language}/${file}`).href)) as Said
  const [texts] = Object.values(found)
  return texts as Said
}

/** Every sentence with its way there; a function is called with what any of them takes. */
function sentences(value: unknown, way: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[way, value]]
  if (typeof value === 'function') return spoken(value as (...told: unknown[]) => unknown, way)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => sentences(each, `${way}.${key}`))
}

function spoken(
  say: (...told: unknown[]) => unknown,
  way: string,
): readonly (readonly [string, string])[] {
  for (const told of [[5, 5, 5], ['7', '7', '7'], [{ code: 'x' }], ['7', 5]]) {
    try {
      return sentences(say(...told), way)
    } catch {
      // It takes something else.
    }
  }
  return []
}

/** Words that are written so in every language: names, codes, units, abbreviations. */
const EVERYWHERE =
  /\b(?:SKU|VAT|API|PDF|CVC|CVV|IBAN|Visa|Mastercard|Apple|Google|Pay|Torg|email|e-mail|HTML|CSV|English)\b/gi

/** Two English words in a row, or one long one, in a language that has other letters. */
function isEnglish(text: string): boolean {
  return /[A-Za-z]{3,}/.test(text.replaceAll(EVERYWHERE, '').replace(/[\w.-]+@[\w.-]+/g, ''))
}

suite('every language', () => {
  for (const language of ['uk', 'ru']) {
    test(`${language} has the files of English`, () => {
      assert.deepEqual(readdirSync(`${folder}/${language}`).toSorted(), files)
    })
    for (const file of files) {
      test(`${language}/${file} says all that English does, and says it in its own words`, async () => {
        const [own, english] = [await said(language, file), await said('en', file)]
        assert.deepEqual(shapeOf(own, english), [])
        for (const [way, text] of sentences(own, file)) {
          assert.ok(text.trim() !== '', `${way} is empty`)
          assert.ok(!isEnglish(text), `${way} is English: ${text}`)
          // The Ukrainian apostrophe is a letter (U+02BC); the others break words.
          if (language === 'uk') assert.doesNotMatch(text, /\p{L}['’]\p{L}/u, way)
        }
      })
    }
  }

  test('a sentence that was forgotten, or left in English, is found', () => {
    assert.deepEqual(shapeOf({ a: 'б' }, { a: 'b', c: 'd' }), ['.c'])
    assert.deepEqual(shapeOf({ a: 'б' }, { a: () => 'b' }), ['.a'])
    assert.ok(isEnglish('Покласти in the cart'))
    assert.ok(!isEnglish('Ціна з ПДВ, SKU 12'))
  })
})

/** Where the one has nothing that the other has, or something else. Names of codes may differ. */
function shapeOf(own: unknown, english: unknown, way = ''): string[] {
  if (typeof own !== typeof english) return [way]
  if (typeof english !== 'object' || english === null) return []
  return Object.entries(english).flatMap(([key, value]) =>
    shapeOf((own as Said)[key], value, `${way}.${key}`),
  )
}
