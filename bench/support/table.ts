import type { LatencySummary } from './histogram.ts'

/** One line of a benchmark's table. */
export interface Figure {
  /** `whole checkout over HTTP, 64 clients`. */
  readonly what: string
  readonly value: number
  readonly unit: string
  /** From ARCHITECTURE.md section 10; a figure without one is only shown. */
  readonly goal?: Goal
  readonly latency?: LatencySummary
  /** What peers reach, measured the same way: `Vendure 11.4, Medusa 2.1`. */
  readonly peers?: string
  /** Printed below when the goal is missed: what holds it back, as measured. */
  readonly heldBackBy?: string
}

export type Goal =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly exactly: number }

/** Says how a value stands to its goal: `met, 12 % better` or `MISSED by 34 %`. */
export function verdict(value: number, goal: Goal | undefined): string {
  if (goal === undefined) return ''
  const wanted = wantedOf(goal)
  const share = Math.abs(value - wanted) / wanted
  const percent = `${share < 0.1 ? (share * 100).toFixed(1) : Math.round(share * 100)} %`
  if (isMet(value, goal)) return value === wanted ? 'met' : `met, ${percent} better`
  return `MISSED by ${percent}`
}

function isMet(value: number, goal: Goal): boolean {
  if ('exactly' in goal) return value === goal.exactly
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost
}

function wantedOf(goal: Goal): number {
  if ('exactly' in goal) return goal.exactly
  return 'atLeast' in goal ? goal.atLeast : goal.atMost
}

/** Figures beside their goals and peers, in columns; missed goals are explained below. */
export function table(figures: readonly Figure[]): string {
  const heads = ['what', 'measured', 'goal', '', 'p50', 'p95', 'p99', 'max', 'peers']
  const rows = figures.map((figure) => [
    figure.what,
    `${inFigures(figure.value)} ${figure.unit}`,
    goalText(figure.goal),
    verdict(figure.value, figure.goal),
    ...latencyTexts(figure.latency),
    figure.peers ?? '',
  ])
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const numeric = new Set([1, 2, 4, 5, 6, 7])
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        numeric.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd()

  const missed = figures.filter(({ value, goal }) => goal !== undefined && !isMet(value, goal))
  return [
    line(heads),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map(line),
    ...missed.map(
      ({ what, value, goal, heldBackBy }) =>
        `\n${what}: ${verdict(value, goal)}. Held back by: ${heldBackBy ?? 'not looked into yet'}.`,
    ),
  ].join('\n')
}

function goalText(goal: Goal | undefined): string {
  if (goal === undefined) return ''
  const sign = 'exactly' in goal ? '=' : 'atLeast' in goal ? '≥' : '≤'
  return `${sign} ${inFigures(wantedOf(goal))}`
}

function latencyTexts(latency: LatencySummary | undefined): string[] {
  if (latency === undefined) return ['', '', '', '']
  const { p50Ms, p95Ms, p99Ms, maxMs } = latency
  return [p50Ms, p95Ms, p99Ms, maxMs].map((ms) => `${inFigures(ms)} ms`)
}

/** Three figures are as much as a benchmark knows: 31,150, 85.3, 0.42. */
function inFigures(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}
