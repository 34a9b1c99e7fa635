/** One shop and one browser for a whole file of tests; each test is somebody new. */
import type { Browser, Locator, Page } from 'playwright-core'

import { pathsFor, type Paths } from '../../web/store/paths.ts'
import { A, good, Journey, type Json, type ShopName } from '../journeys/journey.ts'
import { openBrowser, type Scheme, type Size, Visitor } from '../support/browser.ts'
import type { ShopOptions } from '../support/shop.ts'
import { WORDS, type Language, type Words } from './words.ts'

/** Which language a shop speaks first. */
const FIRST: Readonly<Record<ShopName, Language>> = { demo: 'uk', second: 'en' }

export interface VisitOptions {
  readonly shop?: ShopName
  readonly language?: Language
  readonly size?: Size
  readonly scheme?: Scheme
  readonly script?: boolean
  readonly keeps?: boolean
}

/** Somebody in a shop, with the words and addresses of their language at hand. */
export interface Guest {
  readonly visitor: Visitor
  readonly page: Page
  readonly words: Words
  readonly paths: Paths
  readonly shop: ShopName
  readonly language: Language
  /** Between the shop's head and foot. */
  readonly main: Locator
}

export class Visits implements AsyncDisposable {
  readonly journey: Journey
  private readonly browser: Browser

  private constructor(journey: Journey, browser: Browser) {
    this.journey = journey
    this.browser = browser
  }

  static async begin(options: ShopOptions = {}): Promise<Visits> {
    const [journey, browser] = await Promise.allSettled([Journey.begin(options), openBrowser()])
    if (journey.status === 'fulfilled' && browser.status === 'fulfilled') {
      return new Visits(journey.value, browser.value)
    }
    // What is left open keeps the tests' process alive.
    if (browser.status === 'fulfilled') await browser.value.close()
    if (journey.status === 'fulfilled') await journey.value[Symbol.asyncDispose]()
    throw journey.status === 'rejected' ? journey.reason : (browser as PromiseRejectedResult).reason
  }

  /** Lets somebody new do something; at the end the browser must have had nothing to complain of. */
  async visit(options: VisitOptions, act: (guest: Guest) => Promise<void>): Promise<void> {
    const { shop = 'demo', language = FIRST[shop], ...look } = options
    const { program, provider } = this.journey.shop
    const url = `http://${shop}.localhost:${program.port}`
    await using visitor = await Visitor.come(this.browser, { url, bank: provider.url, ...look })
    const { page } = visitor
    try {
      const [words, paths] = [WORDS[language], pathsFor(language, FIRST[shop])]
      await act({ visitor, page, words, paths, shop, language, main: page.locator('main') })
      visitor.isContent()
    } catch (error) {
      throw new Error(`${String(error)}\n${await seenOn(page)}`, { cause: error })
    }
  }

  /** A product of nobody else's, with the slug of its page. */
  async aProduct(units: number, shop: ShopName = 'demo', price = 129_900): Promise<Json> {
    const { id, sku, name } = await this.journey.aProduct(units, shop, price)
    const { slug } = good(await this.journey.get(`${A}/products/${id}`, { in: shop }))
    return { id, sku, name, slug }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.journey[Symbol.asyncDispose]()
  }
}

const PATIENCE_MS = 10_000

/** Waits until something is so on the page; the page's own policy lets no string be run in it. */
export async function until(page: Page, expression: string): Promise<void> {
  const late = performance.now() + PATIENCE_MS
  while (!(await page.evaluate<boolean>(`Boolean(${expression})`))) {
    if (performance.now() > late) throw new Error(`it never came: ${expression}`)
    await page.waitForTimeout(50)
  }
}

const MOST_SHOWN = 1_500

/** Where a test stood when it failed. */
async function seenOn(page: Page): Promise<string> {
  const text = await page
    .locator('main')
    .innerText({ timeout: 1_000 })
    .catch(() => 'no page')
  return `at ${page.url()}:\n${text.slice(0, MOST_SHOWN)}`
}
