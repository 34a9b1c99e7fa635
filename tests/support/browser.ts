/** Visitors of a shop in a real browser, from npm like everything else. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import chromium from '@sparticuz/chromium'
import {
  type Browser,
  type BrowserContext,
  chromium as player,
  type Page,
  type Request,
} from 'playwright-core'

const require = createRequire(import.meta.url)

export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const

export type Size = keyof typeof SIZES
export type Scheme = 'light' | 'dark'

export interface VisitorOptions {
  readonly url: string
  readonly size?: Size
  readonly scheme?: Scheme
  readonly script?: boolean
  /** Whether the shop keeps its files in the browser, where no test can take them away. */
  readonly keeps?: boolean
  /** Where a buyer may be sent to pay; nothing else is asked of it. */
  readonly bank?: string
}

/**
 * What the package adds for a machine that starts it for one page: in one process a service worker ends
 * the browser with the first visitor who leaves; shoppers' browsers refuse what two of these allow.
 */
const NOT_FOR_TESTS = [
  '--single-process',
  '--no-zygote',
  '--in-process-gpu',
  '--disable-web-security',
  '--allow-running-insecure-content',
  // It would draw as a graphics card does, by processor: that takes a quarter of all the time.
  '--ignore-gpu-blocklist',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** As shoppers have it: of the machine it may use only its processor. */
export async function openBrowser(): Promise<Browser> {
  return player.launch({
    executablePath: await unpacked(),
    args: [...chromium.args.filter((each) => !NOT_FOR_TESTS.includes(each)), '--disable-gpu'],
    headless: true,
  })
}

interface Manifest {
  readonly devDependencies: { readonly '@sparticuz/chromium': string }
}

/**
 * Once for a machine, and moved to where it is looked for when it is whole: two files that begin at once,
 * or one that was interrupted, would leave the other half a browser.
 */
async function unpacked(): Promise<string> {
  const { devDependencies } = require('../../package.json') as Manifest
  const folder = join(tmpdir(), `torg-chromium-${devDependencies['@sparticuz/chromium']}`)
  if (!existsSync(folder)) {
    const own = mkdtempSync(`${folder}-`)
    const { TMPDIR } = process.env
    // The package asks nothing else for where to unpack.
    process.env['TMPDIR'] = own
    try {
      await chromium.executablePath()
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = TMPDIR
    }
    try {
      renameSync(own, folder)
    } catch {
      // Somebody else was first.
      rmSync(own, { recursive: true })
    }
  }
  return join(folder, 'chromium')
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What Chromium says where a body that was read is not awaited any more. */
const CALLED_OFF = 'AbortError: BodyStreamBuffer was aborted'

/** What is said instead of keeping the shop's files. */
const BLOCKED = 'Service Worker registration blocked by Playwright'

/** How long anything may take to come; a machine that runs everything at once is slow. */
const PATIENCE_MS = 15_000

/** Somebody new: with no cookies, and a memory of everything that went wrong in their windows. */
export class Visitor implements AsyncDisposable {
  readonly context: BrowserContext
  readonly page: Page
  private readonly options: VisitorOptions
  private complaints: string[] = []

  private constructor(context: BrowserContext, page: Page, options: VisitorOptions) {
    this.context = context
    this.page = page
    this.options = options
    this.listen(page)
  }

  static async come(browser: Browser, options: VisitorOptions): Promise<Visitor> {
    const { url, size = 'desktop', scheme = 'light', script = true, keeps = true } = options
    const context = await browser.newContext({
      baseURL: url,
      viewport: SIZES[size],
      colorScheme: scheme,
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
      serviceWorkers: keeps ? 'allow' : 'block',
    })
    context.setDefaultTimeout(PATIENCE_MS)
    return new Visitor(context, await context.newPage(), options)
  }

  /** Another window of the same browser. */
  async another(): Promise<Page> {
    const page = await this.context.newPage()
    this.listen(page)
    return page
  }

  /** Opens an address and waits until the page is awake: by then it has asked what is the visitor's own. */
  async open(path: string, page = this.page): Promise<void> {
    await page.goto(path)
    if (this.options.script !== false) await this.isAwake(page)
  }

  async isAwake(page = this.page): Promise<void> {
    await page
      .locator('header [aria-live]')
      .filter({ hasText: /\S/ })
      .first()
      .waitFor({ state: 'attached' })
  }

  /**
   * Nothing was complained of, no policy broken, nobody else's server asked, since the last look. What
   * a test brings about itself is named by `besides`, and has to have come.
   */
  isContent(...besides: readonly RegExp[]): void {
    const found = this.complaints
    this.complaints = []
    const unforeseen = found.filter((each) => !besides.some((one) => one.test(each)))
    assert.deepEqual(unforeseen, [], 'what the browser complained of')
    for (const one of besides) {
      assert.ok(
        found.some((each) => one.test(each)),
        `the browser was to complain of ${one.source}`,
      )
    }
  }

  /** No rule of WCAG 2.2 A and AA is broken on the page as it is now (axe-core). */
  async isAccessible(page = this.page): Promise<void> {
    // A document that was looked at before has it: it takes longer to read than to run.
    if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(AXE)
    const found = await page.evaluate(async (rules) => {
      const { axe } = globalThis as unknown as { readonly axe: Axe }
      const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }, RULES)
    assert.deepEqual(found, [], page.url())
  }

  /** Nothing is wider than the screen. */
  async fits(page = this.page): Promise<void> {
    const [wide, screen] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )
    assert.ok(wide <= screen, `${page.url()} is ${wide} px wide on a screen of ${screen}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close()
  }

  private listen(page: Page): void {
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return
      if (this.options.keeps === false && message.text() === BLOCKED) return
      this.complaints.push(`${message.text()} ${message.location().url}`)
    })
    page.on('pageerror', (error) => {
      // An answer that is still being read when its page is left is called off.
      if (String(error) !== CALLED_OFF) this.complaints.push(String(error))
    })
    const { host } = new URL(this.options.url)
    page.on('request', (request) => {
      const { protocol, host: asked } = new URL(request.url())
      if (protocol === 'data:' || asked === host || this.isAtBank(request)) return
      this.complaints.push(`asked ${asked}: ${request.url()}`)
    })
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      // What a page asked for is called off when it, or the place in it, is left.
      if (reason === 'net::ERR_ABORTED') return
      // Where no script runs none is loaded; Chromium says so as if a policy were broken.
      if (this.options.script === false && request.resourceType() === 'script') return
      this.complaints.push(`${reason}: ${request.url()}`)
    })
  }

  /** The bank's page itself and its form, never a picture, a script or a count of visitors. */
  private isAtBank(request: Request): boolean {
    const { bank } = this.options
    const { host } = new URL(request.url())
    return bank !== undefined && host === new URL(bank).host && request.isNavigationRequest()
  }
}

interface Axe {
  /** Of what is as it should be no list is made. */
  run(options: {
    readonly runOnly: readonly string[]
    readonly resultTypes: readonly ['violations']
  }): Promise<{
    readonly violations: readonly {
      readonly id: string
      readonly nodes: readonly { readonly html: string }[]
    }[]
  }>
}
