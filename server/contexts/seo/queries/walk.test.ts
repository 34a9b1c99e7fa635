import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import type { CatalogProducts, IndexedProduct } from '#context/catalog'
import type { TenantId } from '#platform/ids'

import { PART, partsOf, productsOf } from './walk.ts'

const SHOP = 1 as TenantId

/** A catalog of so many products, every seventh of them hidden, and how many are asked for at once. */
function shelf(size: number): CatalogProducts & { readonly ids: string[]; most: number } {
  const ids = Array.from({ length: size }, (_, n) => String(n).padStart(9, '0'))
  return {
    ids,
    most: 0,
    async products(_, asked) {
      this.most = Math.max(this.most, asked.length)
      return asked
        .filter((id) => ids.includes(id))
        .map((id) => ({ id, isVisible: Number(id) % 7 !== 0 }) as IndexedProduct)
    },
    async idsAfter(_, after, limit) {
      return ids.filter((id) => after === null || id > after).slice(0, limit)
    },
    async idsApart(_, step, limit) {
      return ids.filter((__, place) => place % step === 0).slice(0, limit)
    },
  }
}

async function walked(catalog: CatalogProducts): Promise<readonly string[][]> {
  const parts = await partsOf(catalog, SHOP)
  return Promise.all(
    parts.map(async (part) => (await productsOf(catalog, SHOP, part)).map(({ id }) => id)),
  )
}

suite('the parts of a shop', () => {
  for (const size of [0, 1, PART - 1, PART, PART + 1, 2 * PART + 501]) {
    test(`of ${size} products name each that can be seen once`, async () => {
      const catalog = shelf(size)
      const seen = catalog.ids.filter((id) => Number(id) % 7 !== 0)
      assert.deepEqual((await walked(catalog)).flat(), seen)
      assert(catalog.most <= 1_000, 'what one call of the catalog answers')
    })
  }

  test('stay as they are while products are added', async () => {
    const catalog = shelf(PART + 1)
    const before = await walked(catalog)
    for (let n = 0; n < PART; n += 1) catalog.ids.push(String(PART + 1 + n).padStart(9, '0'))
    const after = await walked(catalog)
    assert.deepEqual(after[0], before[0])
    assert.equal(after.length, before.length + 1)
  })
})
