import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import type { ContributionEvent, Counts } from '../contract.ts'
import { essence, flagsOf } from './checks.ts'
import { contributions, type Post } from './contribution.ts'
import { NONE, presentRating, recounted } from './rating.ts'

const at = { at: 0 }
const PRODUCT = 'p'

/** What may happen to one of a few reviews, in any order. */
const happening = fc.record({
  which: fc.integer({ min: 0, max: 3 }),
  event: fc.oneof(
    fc.record({
      type: fc.constant('reviews.contributed' as const),
      kind: fc.constant('review' as const),
      productId: fc.constant(PRODUCT),
      parentId: fc.constant(null),
      userId: fc.constant('u'),
      rating: fc.integer({ min: 1, max: 5 }),
      status: fc.constantFrom('waiting' as const, 'shown' as const),
      standing: fc.constant('buyer' as const),
    }),
    fc.record({
      type: fc.constant('reviews.changed' as const),
      rating: fc.integer({ min: 1, max: 5 }),
      status: fc.constantFrom('waiting' as const, 'shown' as const),
    }),
    fc.record({
      type: fc.constant('reviews.moderated' as const),
      status: fc.constantFrom('refused' as const, 'shown' as const),
      because: fc.constant(null),
    }),
    fc.constant({ type: 'reviews.removed' as const }),
    fc.constant({ type: 'reviews.vote-cast' as const, userId: 'v' }),
  ),
})

suite('the rating of a product', () => {
  test('counts exactly the reviews that are shown, whatever becomes of them', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const posts: Post[] = Array.from({ length: 4 }, () => contributions.initial)
        let counts: Counts = NONE
        for (const [n, { which, event }] of happenings.entries()) {
          const before = posts[which] ?? contributions.initial
          // A review is written once; nothing else happens to one that is not there.
          const isThere = before.status !== 'none' && before.status !== 'removed'
          if ((event.type === 'reviews.contributed') === isThere) continue
          if (event.type === 'reviews.contributed' && before.status === 'removed') continue
          const now = contributions.apply(before, event as ContributionEvent, {
            version: n + 1,
            ...at,
          })
          posts[which] = now
          counts = recounted(counts, before, now) ?? counts
          const stars = posts.map((post) =>
            post.status === 'shown' && 'rating' in post ? post.rating : null,
          )
          const truth = [1, 2, 3, 4, 5].map((star) => stars.filter((each) => each === star).length)
          assert.deepEqual(counts, truth)
          const { count, average } = presentRating(counts)
          const shown = stars.filter((each) => each !== null)
          assert.equal(count, shown.length)
          assert.equal(
            average,
            count === 0 ? null : shown.reduce((sum, each) => sum + each, 0) / count,
          )
        }
      }),
    )
  })

  test('is never counted out below nothing', () => {
    assert.throws(() => recounted(NONE, { status: 'shown', rating: 3 }, undefined))
  })
})

suite('a look at the words', () => {
  const flags = (text: string, title?: string) =>
    flagsOf(title === undefined ? { text } : { text, title }, false)

  test('finds links, shouting and coarse words, and leaves sizes and harmless words alone', () => {
    assert.deepEqual(flags('Дешевше на https://example.test/x'), ['links'])
    assert.deepEqual(flags('пишіть у t.me/kupy'), ['links'])
    assert.deepEqual(flags('buy at best-shoes.shop today'), ['links'])
    assert.deepEqual(flags('НІКОЛИ БІЛЬШЕ НЕ КУПЛЮ ЦІ КРОСІВКИ'), ['shouted'])
    assert.deepEqual(flags('полное дерьмо, блять'), ['coarse'])
    assert.deepEqual(flags('fine', 'Fucking great'), ['coarse'])
    for (const text of [
      'Розмір XXL підійшов, XS малий.',
      'Сукня до кросівок не пасує, але бігаю.',
      'Shiitake mushrooms in Scunthorpe.',
      'Отличные кроссовки, 10/10.',
      'It lasted 3.5 years. No. 1 for me.',
    ]) {
      assert.deepEqual(flags(text), [], text)
    }
  })

  test('takes texts for the same that differ in case, signs and spaces', () => {
    assert.equal(essence('Супер!!!  Беру ще.'), essence('супер, беру ЩЕ'))
    assert.notEqual(essence('Супер'), essence('Не супер'))
  })

  test('takes no time over texts made to take it', () => {
    const since = performance.now()
    for (const text of [
      'a'.repeat(5_000),
      'a-'.repeat(2_500),
      '.'.repeat(5_000),
      'ё'.repeat(5_000),
    ]) {
      flags(text)
      essence(text)
    }
    assert.ok(performance.now() - since < 500)
  })
})
