/** Who opens a page that stays, and what such a page tells: the matrix asks only by way of HTTP. */
import { openPage } from '../support/live-page.ts'
import type { Asking } from './cells.ts'
import type { Person } from './people.ts'

/** What somebody was answered who wanted a WebSocket. */
export async function opening(url: string, host: string, { headers }: Person): Promise<string> {
  try {
    const page = await openPage(url, { host, headers })
    page.close()
    return 'opened'
  } catch (error) {
    return (error as Error).message
  }
}

/** What a page of the first shop hears of a product, without the product’s own id. */
export async function heardOf(
  url: string,
  { headers }: Person,
  productId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const page = await openPage(url, { headers })
  try {
    page.send({ subscribe: [productId] })
    const heard = await page.next((each) => each.productId === productId)
    return { ...heard, productId: '…' }
  } finally {
    page.close()
  }
}

/** Of the first shop, of the other one, and of nobody. */
export async function threeProducts(asking: Asking): Promise<readonly [string, string, string]> {
  const ours = await asking.one('product', 'demo', 'guest')
  const theirs = await asking.one('product', 'second', 'guest')
  return [ours.id, theirs.id, crypto.randomUUID()]
}
