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
  'inventory.bundle': {
    status: 409,
    title: 'A bundle has no units of its own',
    detail: '{sku} is put together of other SKUs; receive, count or promise those.',
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
  'inventory.promised': {
    status: 409,
    title: 'More units are promised than that',
    detail:
      'The limit of {sku} can be lowered by {free} at most: buyers hold the others or have bought them.',
  },
  'inventory.same-warehouse': {
    status: 409,
    title: 'A transfer needs two warehouses',
    detail: 'The units are in {warehouse} already.',
  },
  'inventory.sku-twice': {
    status: 409,
    title: 'A SKU is named twice',
    detail: 'Say once how many units of {sku} you mean.',
  },
  'inventory.unknown-transfer': {
    status: 404,
    title: 'This shop has no such transfer',
    detail: 'This shop has no transfer {transferId}.',
  },
  'inventory.transfer-over': {
    status: 409,
    title: 'The transfer is over',
    detail: 'The transfer {transferId} is {status} already.',
  },
  'inventory.not-sent': {
    status: 409,
    title: 'More units than are on their way',
    detail: 'You took in {wanted} of {sku}; {left} are on their way.',
  },
  'inventory.unknown-stock-take': {
    status: 404,
    title: 'This shop has no such stock take',
    detail: 'This shop has no stock take {stockTakeId}.',
  },
  'inventory.stock-take-over': {
    status: 409,
    title: 'The stock take is over',
    detail: 'The stock take {stockTakeId} is {status} already.',
  },
  'inventory.stock-take-open': {
    status: 409,
    title: 'The warehouse is being counted already',
    detail: 'Close or abandon the open stock take of {warehouse} first.',
  },
  'inventory.stock-take-full': {
    status: 409,
    title: 'The stock take is full',
    detail: 'A stock take has at most {limit} SKUs; close it and open another.',
  },
}
