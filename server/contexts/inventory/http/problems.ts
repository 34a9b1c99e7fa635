import type { ProblemTable } from '#platform/http/route'

import type { StockRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<StockRefusal['code']> = {
  'inventory.unknown-sku': {
    status: 404,
    title: 'This shop has no such SKU',
    detail: 'This shop does not sell {sku}.',
  },
  'inventory.unknown-product': {
    status: 404,
    title: 'This shop has no such product',
    detail: 'This shop does not sell the product {productId}.',
  },
  'inventory.unknown-warehouse': {
    status: 404,
    title: 'This shop has no such warehouse',
    detail: 'This shop has no warehouse {warehouse}.',
  },
  'inventory.warehouse-taken': {
    status: 409,
    title: 'A warehouse of this code or place exists already',
    detail: 'The shop has the warehouse {warehouse} already.',
  },
  'inventory.not-enough': {
    status: 409,
    title: 'Not enough units are free',
    detail: 'You asked for {wanted} of {sku}; {free} are free.',
  },
  'inventory.held': {
    status: 409,
    title: 'Buyers hold more units than that',
    detail:
      'You counted {wanted} of {sku} in {warehouse}, but {held} are held there. Let carts or orders go first.',
  },
  'inventory.hold-gone': {
    status: 409,
    title: 'The units are no longer held',
    detail: 'The units of {sku} that were held have been let go.',
  },
}
