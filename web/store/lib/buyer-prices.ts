import type { paths } from '../api.d.ts'
import { found, type Api } from './api.ts'

type Told = paths['/api/v1/prices']['get']['responses'][200]['content']['application/json']
export type BuyerPrice = Told['items'][number]

/** What one question about prices may name: SKUs or products. */
const AT_ONCE = 50

/** Parts of a list that may each be asked about at once, as questions name them. */
export function inParts(names: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, n) =>
    names.slice(n * AT_ONCE, (n + 1) * AT_ONCE).join(','),
  )
}

/** What who came pays for each SKU; what is not sold so is absent. */
export async function buyerPrices(
  api: Api,
  skus: readonly string[],
  currency: string,
): Promise<ReadonlyMap<string, BuyerPrice>> {
  const answers = await Promise.all(
    inParts(skus).map((part) =>
      api.GET('/api/v1/prices', { params: { query: { skus: part, currency } } }),
    ),
  )
  return new Map(answers.flatMap((each) => found(each).items.map((price) => [price.sku, price])))
}
