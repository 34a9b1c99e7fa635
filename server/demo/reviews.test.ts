import assert from 'node:assert/strict'
import { test } from 'node:test'

import { loadDemo } from './catalog.ts'
import { authorOf, loadReviews } from './reviews.ts'

const said = loadReviews('demo')
const reviews = said.flatMap((each) => each.reviews)
const questions = said.flatMap((each) => each.questions)

/** Letters that a language does not have, and some that it cannot do without. */
const FOREIGN = { uk: /[ыэъё]/i, ru: /[іїєґ’]/i, en: /\p{Script=Cyrillic}/u } as const

function isForeign(language: keyof typeof FOREIGN, text: string): boolean {
  return FOREIGN[language].test(text) || (language !== 'en' && !/\p{Script=Cyrillic}/u.test(text))
}

/** Those that are there more than once. */
function repeated(all: readonly string[]): string[] {
  return all.filter((each, index) => all.indexOf(each) !== index)
}

test('what is said is of products of the shop, each once in the file', () => {
  const [shop] = loadDemo()
  const slugs = new Set(shop?.products.map(({ slug }) => slug))
  for (const { product } of said) assert(slugs.has(product), product)
  assert.deepEqual(repeated(said.map(({ product }) => product)), [])
})

test('there are enough reviews and questions, most of them kind and some not', () => {
  assert(reviews.length >= 250, `${reviews.length} reviews`)
  assert(questions.length >= 60, `${questions.length} questions`)
  const mean = reviews.reduce((sum, { rating }) => sum + rating, 0) / reviews.length
  assert(mean > 4.2 && mean < 4.6, `a mean of ${mean}`)
  for (let stars = 1; stars <= 5; stars += 1) {
    assert(
      reviews.some(({ rating }) => rating === stars),
      `${stars}`,
    )
  }
})

test('each text is written in the language it says, and every language is spoken', () => {
  for (const { language, text } of [...reviews, ...questions]) {
    assert.equal(isForeign(language, text), false, text)
  }
  for (const { language, answer = '' } of questions) {
    assert.equal(isForeign(language, answer), false, answer)
    assert.notEqual(answer, '')
  }
  for (const language of ['uk', 'ru', 'en'] as const) {
    const spoken = [reviews, questions].map((all) =>
      all.filter((each) => each.language === language),
    )
    assert(
      spoken.every((all) => all.length >= 10),
      language,
    )
  }
  assert(isForeign('ru', 'Їде добре') && isForeign('uk', 'Ещё') && isForeign('en', 'м’яч'))
})

test('nobody says the same as another', () => {
  const texts = [...reviews, ...questions].map(({ text }) => text)
  const answers = questions.map(({ answer }) => answer ?? '')
  assert.deepEqual(repeated([...texts, ...answers]), [])
  assert.deepEqual(repeated(['a', 'b', 'a']), ['a'])
})

test('nobody reviews a product twice or says more in a day than anybody may', () => {
  for (const { product, reviews: own } of said) {
    assert.deepEqual(repeated(own.map(authorOf)), [], product)
  }
  const authors = Map.groupBy([...reviews, ...questions], authorOf)
  for (const [author, own] of authors) {
    assert(own.length < 20, author)
    assert.match(author, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  }
  assert(authors.size > 100)
})
