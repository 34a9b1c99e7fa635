/**
 * More seeds than `npm test` runs, or one of them told:
 *
 *     npm run test:simulation -- --seeds 100000 [--from 1]
 *     npm run test:simulation -- --seed 4711
 */
import { parseArgs } from 'node:util'

import { runMany, summaryOf } from './many.ts'
import { storyOf } from './shrink.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string' }, from: { type: 'string' } },
})

if (values.seed === undefined) {
  const seeds = Number(values.seeds ?? 10_000)
  const many = await runMany({ from: Number(values.from ?? 1), seeds, mostSeconds: Infinity })
  process.stdout.write(`${summaryOf(many)}\n`)
  const [first] = many.failures.toSorted((a, b) => a.seed - b.seed)
  for (const { seed, violation } of many.failures)
    process.stdout.write(`seed ${seed}: ${violation}\n`)
  if (first !== undefined) process.stdout.write(`\n${await storyOf(first.seed)}\n`)
  process.exitCode = many.failures.length > 0 || many.table.missing().length > 0 ? 1 : 0
} else {
  process.stdout.write(`${await storyOf(Number(values.seed))}\n`)
}
