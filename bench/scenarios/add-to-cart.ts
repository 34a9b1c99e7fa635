import { readFileSync } from 'node:fs'

import type { Scenario } from '../support/scenario.ts'
import { failed } from './checkout.ts'

export interface AddToCartOptions {
  readonly sku: string
  /** Carts that were made before, one for each client. */
  readonly carts?: readonly string[]
  /** A file of carts, one on each line, of which every request takes the next. */
  readonly cartFile?: string
}

/** One unit of one SKU goes into a cart. */
export const scenario: Scenario<AddToCartOptions> = ({ options, prepare }) => {
  const { sku, cartFile, carts = [] } = options
  const add = (cartId: string) =>
    prepare({
      method: 'POST',
      path: `/api/v1/carts/${cartId}/items`,
      body: { sku, quantity: 1 },
    })
  const fresh = cartFile === undefined ? [] : readFileSync(cartFile, 'utf8').trim().split('\n')
  const own = carts.map(add)

  return async (client) => {
    const cartId = fresh.length > 0 ? fresh.pop() : undefined
    const request = cartId === undefined ? own[client.number] : add(cartId)
    if (request === undefined) throw new Error('There is no cart left.')
    const answer = await client.send('add', request)
    return answer.status === 201 ? 'granted' : failed('refused', answer)
  }
}
