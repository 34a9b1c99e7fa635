import { setTimeout as sleep } from 'node:timers/promises'

import { openPage, type LivePage } from '../tests/support/live-page.ts'
import type { Benchmark, Findings, Size } from './support/benchmark.ts'
import type { Product } from './support/api.ts'
import { openProgram, type Program } from './support/program.ts'

const PAGES = 1_000
const PRODUCTS = 10
/** A change each so often: twice a second is what a page hears of one product at most. */
const EVERY_MS = 60

/** How long after a change open pages hear of it, when a thousand are open. */
export const live: Benchmark = {
  name: 'live',
  what: `${PAGES} open pages, of ${PRODUCTS} products each, while stock is counted again and again`,
  run,
}

/** Products of one variant whose units can be counted, so that each count is another word; a bundle has none. */
async function countable({ api }: Program): Promise<readonly Product[]> {
  const found: Product[] = []
  for (const product of await api.products(1_000)) {
    if (found.length === PRODUCTS) break
    const { variants } = product as Product & { readonly variants: readonly unknown[] }
    if (variants.length > 1) continue
    const isCounted = await api.setStock(product, 500).then(
      () => true,
      () => false,
    )
    if (isCounted) found.push(product)
  }
  return found
}

async function run(size: Size): Promise<Findings> {
  process.env['LIVE_CONNECTIONS_PER_ADDRESS'] = String(PAGES)
  await using program = await openProgram()
  const products = await countable(program)
  const pages: LivePage[] = []
  const since = performance.now()
  for (let n = 0; n < PAGES; n += 1) {
    const page = await openPage(program.url)
    page.send({ subscribe: products.map(({ id }) => id) })
    pages.push(page)
  }
  for (const page of pages) await page.next(() => page.heard.length >= PRODUCTS)
  const openMs = performance.now() - since

  const lateMs: number[] = []
  let changes = 0
  const until = performance.now() + 1_000 * size.seconds
  while (performance.now() < until) {
    const product = products[changes % products.length]
    if (product === undefined) throw new Error('the demo shop has no products')
    // From nothing to much and back, so that every count is another word.
    const isThere = Math.floor(changes / products.length) % 2 === 0
    const before = pages.map(({ heard }) => heard.length)
    await program.api.setStock(product, isThere ? 0 : 500)
    const committed = performance.now()
    const word = isThere ? 'out' : 'in-stock'
    await Promise.all(
      pages.map(async (page, n) => {
        const from = before[n] ?? 0
        const fits = (at: number): boolean =>
          page.heard[at]?.productId === product.id && page.heard[at]?.availability === word
        while (!page.heard.some((_, at) => at >= from && fits(at))) {
          if (page.closed !== undefined) throw new Error(`a page was closed: ${page.closed.code}`)
          if (performance.now() - committed > 5_000) throw new Error('a page heard nothing in 5 s')
          await sleep(5)
        }
        const place = page.heard.findIndex((_, at) => at >= from && fits(at))
        lateMs.push(Math.max(0, (page.at[place] ?? 0) - committed))
      }),
    )
    changes += 1
    await sleep(EVERY_MS)
  }
  for (const page of pages) page.close()
  lateMs.sort((a, b) => a - b)
  const share = (part: number): number => lateMs[Math.floor((lateMs.length - 1) * part)] ?? 0
  return {
    postgres: program.postgres,
    figures: [
      {
        what: `${PAGES} open pages hear of a change: p99`,
        value: share(0.99),
        unit: 'ms',
        goal: { atMost: 1_000 },
        heldBackBy: `the median is ${share(0.5).toFixed(0)} ms, the most ${share(1).toFixed(0)} ms`,
      },
    ],
    details: [
      `${PAGES} pages of ${PRODUCTS} products were open and told of all after ${(openMs / 1_000).toFixed(1)} s.`,
      `${changes} changes reached each page: ${lateMs.length.toLocaleString('en-US')} times, p50 ${share(0.5).toFixed(0)} ms, p95 ${share(0.95).toFixed(0)} ms, p99 ${share(0.99).toFixed(0)} ms, at most ${share(1).toFixed(0)} ms.`,
    ],
  }
}
