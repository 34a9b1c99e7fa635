/** Visitors of a shop in a real browser, from npm like everything else. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import chromium from '@sparticuz/chromium'
import { type Browser, chromium as player, type Page } from 'playwright-core'

export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const

export interface Visitor extends AsyncDisposable {
  readonly page: Page
  /** Nothing was complained of, no policy broken, nobody else's server asked, since the last look. */
  isContent(): void
  /** No rule of WCAG 2.2 A and AA is broken on the page as it is now (axe-core). */
  isAccessible(): Promise<void>
}

export interface VisitorOptions {
  readonly url: string
  readonly size?: keyof typeof SIZES
  readonly scheme?: 'light' | 'dark'
  readonly script?: boolean
}

/**
 * What the package adds for a machine that starts it for one page: in one process a service worker ends
 * the browser with the first visitor who leaves.
 */
const ONE_PAGE = ['--single-process', '--no-zygote', '--in-process-gpu']

/** As shoppers have it: of the machine it may use only its processor. */
export async function openBrowser(): Promise<Browser> {
  const left = ['--disable-web-security', ...ONE_PAGE]
  return player.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((each) => !left.includes(each)),
    headless: true,
  })
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Somebody new: with no cookies, and a memory of everything that went wrong. */
export async function aVisitor(
  browser: Browser,
  { url, size = 'desktop', scheme = 'light', script = true }: VisitorOptions,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: SIZES[size],
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  let complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  const host = new URL(url).host
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.protocol !== 'data:' && asked.host !== host) complaints.push(`asked ${asked.host}`)
  })
  return {
    page,
    isContent() {
      assert.deepEqual(complaints, [])
      complaints = []
    },
    async isAccessible() {
      await page.evaluate(AXE)
      const found = await page.evaluate(async (rules) => {
        const { axe } = globalThis as unknown as { readonly axe: Axe }
        const { violations } = await axe.run({ runOnly: rules })
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        )
      }, RULES)
      assert.deepEqual(found, [], page.url())
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

interface Axe {
  run(options: { readonly runOnly: readonly string[] }): Promise<{
    readonly violations: readonly {
      readonly id: string
      readonly nodes: readonly { readonly html: string }[]
    }[]
  }>
}
