/** Makes a short story of a seed that goes wrong: leaves out clients and faults until nothing more can go. */
import { runSeed, type Ran, type RunOptions } from './run.ts'

/** Runs that shrinking may take; one is a few hundredths of a second. */
const MOST_RUNS = 300

/** The first words of what is wrong; two runs that go wrong alike have them in common. */
function kindOf(violation: string | undefined): string | undefined {
  return violation?.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '#').slice(0, 40)
}

export interface Shrunk {
  readonly withoutClients: ReadonlySet<string>
  readonly withoutFaults: ReadonlySet<string>
  readonly ran: Ran
}

/** What is left of a seed that goes wrong; undefined when it does not. */
export async function shrink(
  seed: number,
  options: Pick<RunOptions, 'alsoWrong'> = {},
): Promise<Shrunk | undefined> {
  const first = await runSeed(seed, { ...options, isTold: true })
  if (first.violation === undefined) return undefined
  const kind = kindOf(first.violation)
  let best: Shrunk = { withoutClients: new Set(), withoutFaults: new Set(), ran: first }
  let runs = 0
  const attempt = async (clients: ReadonlySet<string>, faults: ReadonlySet<string>) => {
    runs += 1
    const without = { withoutClients: clients, withoutFaults: faults }
    const ran = await runSeed(seed, { ...options, ...without, isTold: true })
    if (kindOf(ran.violation) !== kind) return false
    best = { withoutClients: clients, withoutFaults: faults, ran }
    return true
  }

  for (let isSmaller = true; isSmaller && runs < MOST_RUNS;) {
    isSmaller = false
    for (const client of best.ran.clients) {
      if (best.withoutClients.has(client)) continue
      if (await attempt(new Set([...best.withoutClients, client]), best.withoutFaults))
        isSmaller = true
    }
    // First all faults at once, then halves of them, at last each alone.
    for (
      let size = best.ran.struck.length;
      size >= 1 && runs < MOST_RUNS;
      size = Math.floor(size / 2)
    ) {
      for (let from = 0; from < best.ran.struck.length && runs < MOST_RUNS; from += size) {
        const dropped = best.ran.struck.slice(from, from + size)
        const without = new Set([...best.withoutFaults, ...dropped])
        if (await attempt(best.withoutClients, without)) {
          isSmaller = true
          from -= size
        }
      }
    }
  }
  return best
}

/** A seed in words; when it goes wrong, as short as it can be made. */
export async function storyOf(seed: number): Promise<string> {
  const shrunk = await shrink(seed)
  const ran = shrunk?.ran ?? (await runSeed(seed, { isTold: true }))
  const left = ran.clients.filter((client) => shrunk?.withoutClients.has(client) !== true)
  return [
    `Seed ${seed} with ${left.join(', ')} and ${ran.struck.length} faults, ${ran.steps} steps:`,
    ...ran.story,
    ran.violation === undefined ? 'Nothing went wrong.' : `Wrong: ${ran.violation}`,
    `Again: npm run test:simulation -- --seed ${seed}`,
  ].join('\n')
}
