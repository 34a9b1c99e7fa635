import type { LongProcess } from '../../server/platform/process.ts'

/** What a program says of its processes. */
export interface Told {
  readonly processes: readonly LongProcess[]
  /** Every event type of every contract. */
  readonly events: readonly string[]
  /** Kinds of timers that some context answers. */
  readonly timers: readonly string[]
}

/** Events of no process: what happened is whole with their one commit, and nothing follows by itself. */
const ALONE: Readonly<Record<string, string>> = {
  'catalog.': 'staff edit cards',
  'media.': 'staff fill a library',
  'identity.': 'accounts and sessions: a token that is sent waits for its owner, not the other way',
  'pricing.': 'staff edit price lists',
  'inventory.settings-changed': 'a rule of the shop',
  'tenants.look-set': 'how a shop looks',
  'reviews.': 'what people say, and what staff let others read: each is whole with its commit',
  'returns.':
    'what buyers ask back waits for staff, and what they say is whole; what follows an approval is not built yet',
  'wishlists.': 'what people keep to buy some day: nothing follows from it',
  'exchange.': 'an import is files and rows, each row a commit of the context that it changes',
}

/** Timers that no process leaves, and what they take up again. */
const ALONE_TIMERS: Readonly<Record<string, string>> = {
  'exchange.read-on':
    'set with the import and anew by each batch, until the file is read (record 0026)',
  'exchange.schedule-due':
    'set with the schedule and anew each time it is due; a job looks for lost ones (record 0029)',
  'exchange.run-on':
    'set with the run, anew by each try and by the end of its import (record 0029)',
}

/**
 * Event types that are in no step, steps of the same commits, and timers and calls that lead nowhere:
 * what the guard of `inSteps` would only say once somebody comes by (requirement P4).
 */
export function processViolations(told: Told, alone = ALONE, aloneTimers = ALONE_TIMERS): string[] {
  const { processes, events, timers } = told
  const steps = processes.flatMap((process) => process.steps.map((step) => ({ process, step })))
  const inSteps = new Set(
    steps.flatMap(({ step: { appends, mayAppend = [] } }) => [...appends, ...mayAppend]),
  )
  const isAlone = (type: string): boolean =>
    Object.keys(alone).some((each) => type.startsWith(each))
  const left = new Set(processes.flatMap((process) => Object.values(process.timers) as string[]))
  const asked = new Set(processes.flatMap(({ asks }) => Object.values(asks)))
  const found = new Map<string, string>()
  return [
    ...events
      .filter((type) => !inSteps.has(type) && !isAlone(type))
      .map((type) => `${type} is in no step of a process`),
    ...[...inSteps].filter((type) => !events.includes(type)).map((type) => `${type} is no event`),
    ...Object.keys(alone)
      .filter((each) => !events.some((type) => type.startsWith(each) && !inSteps.has(type)))
      .map((each) => `${each} is said to be alone and is not there`),
    ...steps.flatMap(({ process, step }) => {
      const name = `${process.name}/${step.name}`
      const key = step.appends.toSorted().join()
      const twin = found.get(key)
      found.set(key, name)
      return [
        ...(twin === undefined ? [] : [`${name} appends what ${twin} appends`]),
        ...(step.byTimer !== undefined && !left.has(step.byTimer)
          ? [`${name} is made by ${step.byTimer}, which nothing leaves`]
          : []),
        ...(step.books !== undefined && !asked.has(step.books)
          ? [`${name} books ${step.books}, which nothing asks`]
          : []),
      ]
    }),
    ...timers
      .filter((kind) => !left.has(kind) && !(kind in aloneTimers))
      .map((kind) => `${kind} is left by no step`),
    ...Object.keys(aloneTimers)
      .filter((kind) => left.has(kind) || !timers.includes(kind))
      .map((kind) => `the timer ${kind} is said to be alone and is not`),
    ...[...left]
      .filter((kind) => !timers.includes(kind))
      .map((kind) => `nobody answers the timer ${kind}`),
  ]
}
