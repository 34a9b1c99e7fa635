/** What Lighthouse says of a page in its mobile profile, with the Chromium of the browser tests. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

import chromium from '@sparticuz/chromium'
import lighthouse from 'lighthouse'

import { end, temporaryFolder } from './folder.ts'
import { listen } from './program.ts'

export interface Audited {
  /** Of 100, each the median of all runs. */
  readonly scores: Readonly<Record<string, number>>
  readonly lcpMs: number
  readonly shift: number
  /** What was not perfect in the last run. */
  readonly findings: readonly string[]
}

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']

/** Opens a page so many times, each time in a browser that knows nothing. */
export async function lighthouseOf(url: string, runs: number): Promise<Audited> {
  const reports: Report[] = []
  for (let run = 0; run < runs; run += 1) reports.push(await reportOf(url))
  const median = (of: (report: Report) => number): number =>
    reports.map(of).toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
  return {
    scores: Object.fromEntries(
      CATEGORIES.map((id) => [
        id,
        Math.round(100 * median(({ categories }) => categories[id]?.score ?? 0)),
      ]),
    ),
    lcpMs: median(({ audits }) => audits['largest-contentful-paint']?.numericValue ?? Infinity),
    shift: median(({ audits }) => audits['cumulative-layout-shift']?.numericValue ?? Infinity),
    findings: reports.slice(-1).flatMap(findingsOf),
  }
}

/** As much of a Lighthouse report as is read here. */
interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null } | undefined>>
  readonly audits: Readonly<
    Record<
      string,
      | {
          readonly title: string
          readonly score: number | null
          readonly numericValue?: number
          readonly displayValue?: string
        }
      | undefined
    >
  >
}

async function reportOf(url: string): Promise<Report> {
  const folder = temporaryFolder()
  const browser = listen(
    spawn(await chromium.executablePath(), [
      '--headless',
      '--no-sandbox',
      '--no-zygote',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(folder.path, 'profile')}`,
      'about:blank',
    ]),
  )
  try {
    const port = Number(await browser.says(/DevTools listening on ws:\/\/[^:]+:(\d+)/))
    const result = await lighthouse(url, { port, output: 'json', onlyCategories: CATEGORIES })
    if (result === undefined) throw new Error(`Lighthouse said nothing of ${url}.`)
    const { lhr } = result
    if (lhr.runtimeError !== undefined) throw new Error(lhr.runtimeError.message)
    return lhr as unknown as Report
  } finally {
    await end(browser.child, 'SIGTERM', 5)
    folder.dispose()
  }
}

function findingsOf({ audits }: Report): string[] {
  return Object.entries(audits).flatMap(([id, audit]) =>
    audit === undefined || audit.score === null || audit.score >= 0.9
      ? []
      : [`${id} ${audit.displayValue ?? audit.title}`],
  )
}
