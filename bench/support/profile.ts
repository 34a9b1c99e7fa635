import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As V8 writes it: the call tree's nodes, and which one each sample met. Times in µs. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
    }
  }[]
  readonly startTime: number
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const FUNCTIONS_SHOWN = 40
const PLACES_SHOWN = 25

/**
 * The functions and the places in which a server spent its own time between two instants of
 * `process.hrtime.bigint()`, which is the clock of profiles too.
 */
export function profileLines(folder: string, from: bigint, to: bigint): readonly string[] {
  const lines: string[] = []
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.cpuprofile')) continue
    const path = join(folder, file)
    const profile = JSON.parse(readFileSync(path, 'utf8')) as CpuProfile
    lines.push(
      ...linesOf(profile, Number(from / 1_000n), Number(to / 1_000n)),
      `  All of it: ${path}`,
    )
  }
  return lines
}

function linesOf(profile: CpuProfile, from: number, to: number): string[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]))
  const functions = new Map<string, number>()
  const places = new Map<string, number>()
  let total = 0
  let now = profile.startTime
  for (const [index, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index] ?? 0
    now += delta
    if (now < from || now > to) continue
    const frame = nodes.get(id)
    if (frame === undefined) continue
    total += delta
    const file = shortened(frame.url)
    const name = frame.functionName || '(anonymous)'
    add(functions, file === '' ? name : `${name}  ${file}:${frame.lineNumber + 1}`, delta)
    add(places, file === '' ? name : placeOf(file), delta)
  }
  if (total === 0) return ['  The profile has no sample in the measured time.']
  const top = (of: ReadonlyMap<string, number>, shown: number): string[] =>
    [...of]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, shown)
      .map(([name, used]) => `  ${((used / total) * 100).toFixed(1).padStart(5)} %  ${name}`)
  return [
    'The server’s time by where the code is:',
    ...top(places, PLACES_SHOWN),
    'The server’s time by function, without what it calls:',
    ...top(functions, FUNCTIONS_SHOWN),
  ]
}

function add(to: Map<string, number>, name: string, amount: number): void {
  to.set(name, (to.get(name) ?? 0) + amount)
}

const root = join(import.meta.dirname, '..', '..')

function shortened(url: string): string {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
}

/** A package, a part of Node, or a folder of ours. */
function placeOf(file: string): string {
  const inPackage = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)
  if (inPackage !== null) return `node_modules/${inPackage[1]}`
  if (file.startsWith('node:')) return file.replace(/^node:(internal\/)?([^/]+).*$/, 'node:$1$2')
  return file.replace(/\/[^/]+$/, '')
}
