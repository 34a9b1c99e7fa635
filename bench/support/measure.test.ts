import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'

import { heldBackBy } from './measure.ts'

const machine = availableParallelism()

test('what held a load back is said from the cores each process used', () => {
  const check = (
    cores: Parameters<typeof heldBackBy>[0],
    busy: number | undefined,
    expected: RegExp,
  ): void => assert.match(heldBackBy(cores, busy), expected)

  check({ server: 0.99, PostgreSQL: 0.1 }, 1.09, /^the server’s one thread/)
  check({ server: 0.2, PostgreSQL: 0.1, 'load generator': 0.97 }, 1.3, /^the load generator/)
  check({ server: 0.2, PostgreSQL: machine - 0.2 }, machine, /cores, which are full/)
  check({ server: 0.2, PostgreSQL: 0.1 }, 0.3, /^waiting, not CPU/)
  check({ server: 0.99, PostgreSQL: 0.1 }, 1.09 + machine / 2, /^strangers on this machine/)
  check({ server: 0.2, PostgreSQL: 0.1 }, undefined, /^waiting, not CPU/)
})
