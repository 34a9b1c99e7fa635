import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import { plural } from '../texts/plural.ts'
import { dateText, digitsOf, moneyText, momentText, timeText } from './format.ts'

const LANGUAGES = ['uk', 'ru', 'en'] as const

/** Spaces that do not break, as plain ones: which of them a language has is the browser's to know. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ')

const said = (say: (language: string) => string): readonly string[] =>
  LANGUAGES.map((language) => plain(say(language)))

suite('amounts', () => {
  const check = (amount: number, currency: string, expected: readonly string[]): void =>
    assert.deepEqual(
      said((language) => moneyText({ amount, currency }, language)),
      expected,
      `${amount} ${currency}`,
    )

  test('have the sign of their currency where a language has it, and no fraction when they are whole', () => {
    check(314_900, 'UAH', ['3 149 ₴', '3 149 ₴', '₴3,149'])
    check(3_149_000, 'UAH', ['31 490 ₴', '31 490 ₴', '₴31,490'])
    check(12_900, 'EUR', ['129 €', '129 €', '€129'])
    check(12_950, 'EUR', ['129,50 €', '129,50 €', '€129.50'])
    check(123_456_789, 'EUR', ['1 234 567,89 €', '1 234 567,89 €', '€1,234,567.89'])
    check(5, 'UAH', ['0,05 ₴', '0,05 ₴', '₴0.05'])
    check(0, 'UAH', ['0 ₴', '0 ₴', '₴0'])
  })

  test('of a currency without minor units are whole, and of one with three have three digits', () => {
    check(1_500, 'JPY', ['1 500 ¥', '1 500 ¥', '¥1,500'])
    check(1, 'JPY', ['1 ¥', '1 ¥', '¥1'])
    check(1_234, 'KWD', ['1,234 KWD', '1,234 KWD', 'KWD 1.234'])
    assert.deepEqual(['UAH', 'EUR', 'JPY', 'KWD'].map(digitsOf), [2, 2, 0, 3])
  })
})

suite('times', () => {
  // In Kyiv it is the next day by then, and in winter time two hours later.
  const late = '2026-11-21T22:30:00Z'
  const summer = '2026-07-01T09:05:00Z'
  const kyiv = 'Europe/Kyiv'

  test('are told as people of a language write them, by the clocks where the shop is', () => {
    assert.deepEqual(
      said((language) => dateText(late, language, kyiv)),
      ['22 листопада 2026 р.', '22 ноября 2026 г.', 'November 22, 2026'],
    )
    assert.deepEqual(
      said((language) => dateText(late, language, 'America/New_York')),
      ['21 листопада 2026 р.', '21 ноября 2026 г.', 'November 21, 2026'],
    )
    assert.deepEqual(
      said((language) => timeText(late, language, kyiv)),
      ['00:30', '00:30', '12:30 AM'],
    )
    assert.deepEqual(
      said((language) => timeText(summer, language, kyiv)),
      ['12:05', '12:05', '12:05 PM'],
    )
    assert.deepEqual(
      said((language) => momentText(summer, language, kyiv)),
      ['1 липня о 12:05', '1 июля в 12:05', 'July 1 at 12:05 PM'],
    )
  })
})

suite('plurals', () => {
  const COUNTS = [0, 1, 2, 5, 11, 21, 22, 25, 1.5]
  const check = (language: string, expected: string): void => {
    const say = plural(language, {
      one: 'one',
      few: 'few',
      many: 'many',
      other: 'other',
    })
    assert.equal(COUNTS.map(say).join(' '), expected)
  }

  test('follow the rules of the language', () => {
    const slavic = '0 many 1 one 2 few 5 many 11 many 21 one 22 few 25 many 1,5 other'
    check('uk', slavic)
    check('ru', slavic)
    check('en', '0 other 1 one 2 other 5 other 11 other 21 other 22 other 25 other 1.5 other')
  })

  test('say numbers as the language writes them', () => {
    const say = (language: string) => plain(plural(language, { other: 'x' })(12_345.5))
    assert.deepEqual(LANGUAGES.map(say), ['12 345,5 x', '12 345,5 x', '12,345.5 x'])
  })

  test('of what a language does not tell apart are its ordinary one', () => {
    const say = plural('uk', { one: 'товар', other: 'товари' })
    assert.deepEqual([1, 2, 5].map(say), ['1 товар', '2 товари', '5 товари'])
  })
})
