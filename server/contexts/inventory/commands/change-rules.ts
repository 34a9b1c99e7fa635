import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream, type Settled } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { backorder, promised } from '../accounts.ts'
import type { StockRefusal } from '../contract.ts'
import type { BackorderView, StockRules } from '../contract/desk.ts'
import { shopRules, stock } from '../domain/stock.ts'
import { settings as settingsTable, skuSettings } from '../store/settings.ts'
import type { KnownShelves } from '../store/shelves.ts'
import { notOnShelves } from './on-shelves.ts'

export function changeRules(
  platform: Pick<Platform, 'write'>,
  offers: Offers,
  shelves: KnownShelves,
): StockRules {
  return {
    change: changeSettings(platform, shelves),
    setBackorder: setBackorder(platform, offers, shelves),
    setThreshold: setThreshold(platform, offers),
  }
}

function changeSettings(
  { write }: Pick<Platform, 'write'>,
  shelves: KnownShelves,
): StockRules['change'] {
  return async (tenant, { allocation, lowStock }, cause) => {
    const outcome = await write({
      tenant,
      ...cause,
      streams: { rules: stream(shopRules, 'shop') },
      decide: () =>
        accept({
          append: { rules: [{ type: 'inventory.settings-changed', allocation, lowStock }] },
          rows: [
            { table: settingsTable, verb: 'upsert', row: { allocation, low_stock: lowStock } },
          ],
          answer: { allocation, lowStock },
        }),
    })
    shelves.forget(tenant)
    return outcome.ok ? accept(outcome.value.answer) : outcome
  }
}

/**
 * The limit is an account's: raising it pays in, lowering it takes out, and what is held or owed
 * cannot be taken out.
 */
function setBackorder(
  { write }: Pick<Platform, 'write'>,
  offers: Offers,
  shelves: KnownShelves,
): StockRules['setBackorder'] {
  return async (tenant, { sku, limit, availableFrom }, cause) => {
    const wrong = await notOnShelves(offers, tenant, [sku])
    if (wrong !== undefined) return refuse(wrong)
    const outcome = await write({
      tenant,
      ...cause,
      streams: { stock: stream(stock, sku) },
      decide({ stock: before }) {
        const change = limit - before.limit
        const [from, to] =
          change > 0 ? [promised(sku), backorder(sku)] : [backorder(sku), promised(sku)]
        const refusal: StockRefusal = { code: 'inventory.promised', sku }
        return accept({
          append: { stock: [{ type: 'inventory.backorder-set', sku, limit, availableFrom }] },
          transfers:
            change === 0 ? [] : [{ verb: 'move', from, to, amount: Math.abs(change), refusal }],
          watch: [backorder(sku)],
          rows: [
            {
              table: skuSettings,
              verb: 'upsert',
              row: { sku, backorder_limit: limit, available_from: availableFrom },
            },
          ],
          answer: ({ balance }: Settled): BackorderView & { sku: string } => {
            const { posted, held } = balance(backorder(sku))
            return { sku, limit, availableFrom, free: posted - held, held, owed: limit - posted }
          },
        })
      },
    })
    shelves.forget(tenant)
    return outcome.ok ? accept(outcome.value.answer) : outcome
  }
}

function setThreshold(
  { write }: Pick<Platform, 'write'>,
  offers: Offers,
): StockRules['setThreshold'] {
  return async (tenant, { sku, lowStock }, cause) => {
    const wrong = await notOnShelves(offers, tenant, [sku])
    if (wrong !== undefined) return refuse(wrong)
    const outcome = await write({
      tenant,
      ...cause,
      streams: { stock: stream(stock, sku) },
      decide: () =>
        accept({
          append: { stock: [{ type: 'inventory.threshold-set', sku, lowStock }] },
          rows: [{ table: skuSettings, verb: 'upsert', row: { sku, low_stock: lowStock } }],
          answer: { sku, lowStock },
        }),
    })
    return outcome.ok ? accept(outcome.value.answer) : outcome
  }
}
