import { onHand, sold } from '../accounts.ts'
import type { ShopStock, StockRefusal, Warehouse } from '../contract.ts'

/** The transfers of a sale, over the warehouses in their order of preference. */
export function shopStock(warehouses: readonly Warehouse[]): ShopStock {
  const codes = warehouses.map(({ code }) => code)
  return {
    hold({ id, isNew = false, sku, quantity, forSeconds }) {
      const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
      const from = codes.map((code) => onHand(code, sku))
      return { verb: 'hold', id, isNew, from, amount: quantity, forSeconds, refusal }
    },
    release: (id) => ({ verb: 'void', id }),
    sell(id, sku) {
      const refusal: StockRefusal = { code: 'inventory.hold-gone', sku }
      return { verb: 'post', id, to: sold(sku), refusal }
    },
  }
}
