import {
  ACTIONS,
  type Action,
  CELLS,
  type Fault,
  FAULTS,
} from '../../tests/failures/resiliency-cells.ts'
import { made, table } from './markdown.ts'

/** What still works while something is broken: the cells that a failure test proves. */
export function resiliencyDoc(): string {
  const actions = Object.entries(ACTIONS) as [Action, string][]
  const faults = Object.entries(FAULTS) as [Fault, string][]
  const rows = actions.map(([action, words]) => [
    words,
    ...faults.map(([fault]) => CELLS[fault]?.[action]?.is ?? 'unknown'),
  ])
  const notes = faults.flatMap(([fault, words]) =>
    [...Map.groupBy(actions, ([action]) => CELLS[fault]?.[action]?.how ?? '')]
      .filter(([how]) => how !== '')
      .map(([how, about]) => [words, about.map(([, each]) => each).join(', '), how]),
  )
  return [
    '# What still works while something is broken',
    made('the cells that `tests/failures/resiliency.test.ts` tries on a real shop'),
    '*Works* is an answer as on any other day, within 2 s. *Degraded* is an answer that says less. *Refused* is a 503 with\n' +
      '`Retry-After`, and nothing half done. **Unknown** has no test: most often because Torg does not have that part yet.',
    table(['', ...faults.map(([, words]) => words)], rows),
    '## How',
    table(['While', 'who wants to', 'gets'], notes),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}
