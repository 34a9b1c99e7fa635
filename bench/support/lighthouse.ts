/** What Lighthouse says of a page in its mobile profile. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'

import lighthouse from 'lighthouse'

import { end, temporaryFolder } from './folder.ts'
import { listen } from './program.ts'

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type Category = (typeof CATEGORIES)[number]

/** One opening of a page. */
export interface Audit {
  /** Of 100. */
  readonly scores: Readonly<Record<Category, number>>
  readonly lcpMs: number
  readonly shift: number
  /** How busy the machine was meanwhile, by its load over a minute. */
  readonly load: number
  /** What was not perfect. */
  readonly findings: readonly string[]
}

/** Opens a page so many times, each time in a browser that knows nothing. */
export async function auditsOf(
  browser: string,
  url: string,
  runs: number,
): Promise<readonly Audit[]> {
  const audits: Audit[] = []
  for (let run = 0; run < runs; run += 1) audits.push(await auditOf(browser, url))
  return audits
}

/** The middle one of an odd number. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** As much of a Lighthouse report as is read here. */
interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null } | undefined>>
  readonly audits: Readonly<Record<string, Finding | undefined>>
}

interface Finding {
  readonly title: string
  readonly score: number | null
  readonly numericValue?: number
  readonly displayValue?: string
}

/** Where Linux has them. */
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The browser to open pages in: what `CHROMIUM_PATH` names, else one of this machine. The one of the tests,
 * from npm, renders no page that is traced as Lighthouse does: its renderer crashes with the first byte.
 */
export function browserPath(): string | undefined {
  return process.env['CHROMIUM_PATH'] ?? BROWSERS.find((path) => existsSync(path))
}

async function auditOf(path: string, url: string): Promise<Audit> {
  const folder = temporaryFolder()
  const browser = listen(
    spawn(path, [
      '--headless',
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--hide-scrollbars',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(folder.path, 'profile')}`,
      'about:blank',
    ]),
  )
  try {
    const port = Number(await browser.says(/DevTools listening on ws:\/\/[^:]+:(\d+)/))
    const result = await lighthouse(url, { port, output: 'json', onlyCategories: [...CATEGORIES] })
    if (result === undefined) throw new Error(`Lighthouse said nothing of ${url}.`)
    const { lhr } = result
    if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message)
    return auditIn(lhr as unknown as Report)
  } finally {
    await end(browser.child, 'SIGTERM', 5)
    folder.dispose()
  }
}

function auditIn({ categories, audits }: Report): Audit {
  const score = (id: Category): number => Math.round(100 * (categories[id]?.score ?? 0))
  return {
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    lcpMs: audits['largest-contentful-paint']?.numericValue ?? Infinity,
    shift: audits['cumulative-layout-shift']?.numericValue ?? Infinity,
    load: loadavg()[0] ?? 0,
    findings: Object.entries(audits).flatMap(([id, audit]) =>
      audit === undefined || audit.score === null || audit.score >= 0.9
        ? []
        : [`${id}: ${audit.displayValue ?? audit.title}`],
    ),
  }
}
