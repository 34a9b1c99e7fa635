import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import {
  categoryTree,
  closeCategory,
  DEEPEST,
  endRemoval,
  lineOf,
  setCategory,
  takesProducts,
  type CategoryEvent,
  type CategoryTree,
} from './category-tree.ts'

const apply = (tree: CategoryTree, event: CategoryEvent | undefined): CategoryTree =>
  event === undefined ? tree : categoryTree.apply(tree, event, { version: 1, at: 0 })

const slug = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'constructor')
const edit = fc.oneof(
  fc.record({ verb: fc.constant('set' as const), slug, parent: fc.option(slug) }),
  fc.record({ verb: fc.constant('close' as const), slug }),
  fc.record({ verb: fc.constant('end' as const), slug, isEmpty: fc.boolean() }),
)

test('whatever is set, moved and removed, categories are a tree, six deep at most (CATALOG-5)', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
      let tree: CategoryTree = {}
      for (const each of edits) {
        if (each.verb === 'set') {
          const wanted = { slug: each.slug, parent: each.parent, name: { en: 'x' }, position: 0 }
          const event = setCategory(tree, wanted)
          if (event.ok) tree = apply(tree, event.value)
        } else if (each.verb === 'close') {
          const event = closeCategory(tree, each.slug)
          if (event.ok) tree = apply(tree, event.value)
        } else {
          tree = apply(tree, endRemoval(tree, each.slug, { isEmpty: each.isEmpty }))
        }
        for (const place of Object.values(tree)) {
          if (place === null) continue
          const line = lineOf(tree, place.slug)
          assert(line.length <= DEEPEST, `${line.join(' < ')} is too deep`)
          const root = tree[line.at(-1) ?? '']
          assert.equal(root?.parent, null, `${line.join(' < ')} ends in a ring or in nothing`)
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('a category that is about to be removed takes nothing, and opens again when it is not empty', () => {
  const wanted = { slug: 'a', parent: null, name: { en: 'A' }, position: 3 }
  const set = setCategory({}, wanted)
  assert(set.ok)
  const tree = apply({}, set.value)
  const close = closeCategory(tree, 'a')
  assert(close.ok)
  const closed = apply(tree, close.value)
  assert.equal(takesProducts(tree, 'a'), true)
  assert.equal(takesProducts(closed, 'a'), false)
  assert.equal(setCategory(closed, { ...wanted, slug: 'b', parent: 'a' }).ok, false)

  const opened = apply(closed, endRemoval(closed, 'a', { isEmpty: false }))
  assert.equal(takesProducts(opened, 'a'), true)
  assert.deepEqual({ ...opened['a'], version: 0 }, { ...wanted, version: 0, isClosed: false })
  const gone = apply(closed, endRemoval(closed, 'a', { isEmpty: true }))
  assert.equal(takesProducts(gone, 'a'), false)
  assert.equal(
    endRemoval(opened, 'a', { isEmpty: true }),
    undefined,
    'what was set meanwhile stays',
  )
})

test('saying the same of a category again is no event, and a version that was not seen is refused', () => {
  const wanted = { slug: 'a', parent: null, name: { en: 'A' }, position: 0 }
  const set = setCategory({}, wanted, [0])
  assert(set.ok)
  const tree = apply({}, set.value)
  assert.deepEqual(setCategory(tree, { ...wanted, name: { en: 'A' } }, [1]), {
    ok: true,
    value: undefined,
  })
  assert.equal(setCategory(tree, { ...wanted, position: 1 }, [2]).ok, false)
  assert.equal(closeCategory(tree, 'a', { versions: [2] }).ok, false)
})
