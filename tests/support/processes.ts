import type { ProcessRole } from '../../server/config.ts'

/** The roles of every process of a deployment; a process without roles plays both. */
export type Processes = readonly (readonly ProcessRole[])[]

/**
 * How many processes serve a deployment: `2` are two that do everything, `2+2` are two that serve
 * requests and two workers. Throws on anything else.
 */
export function processesOf(text: string): Processes {
  const [, first = '', workers] = /^([1-9])(?:\+([1-9]))?$/.exec(text) ?? []
  if (first === '') throw new Error(`processes are "2" or "2+2", not "${text}"`)
  const times = (count: string, roles: readonly ProcessRole[]) =>
    Array.from({ length: Number(count) }, () => roles)
  return workers === undefined
    ? times(first, [])
    : [...times(first, ['api']), ...times(workers, ['worker'])]
}

/**
 * What this run wants: `TEST_PROCESSES`, which `npm run test:crash -- --processes` sets, or what the
 * test is content with.
 */
export function processesAsked(otherwise: string): Processes {
  return processesOf(process.env['TEST_PROCESSES'] ?? otherwise)
}
