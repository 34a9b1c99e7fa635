import assert from 'node:assert/strict'
import { test } from 'node:test'

import { cartSteps } from '../../server/contexts/cart/domain/steps.ts'
import type { LongProcess } from '../../server/platform/process.ts'
import { readContracts } from '../../tools/docs/contracts.ts'
import { eventType } from '../../tools/docs/events.ts'
import { describeProgram } from '../../tools/docs/program.ts'
import { processViolations } from './processes.ts'
import { readSources } from './tree.ts'

test('every event of a process is in a step, and every timer and call leads somewhere', async () => {
  const { contexts } = await describeProgram()
  const events = readContracts(readSources()).flatMap(({ types }) =>
    types.flatMap((each) => eventType(each) ?? []),
  )
  const processes = contexts.flatMap((context) => context.processes ?? [])
  const timers = contexts.flatMap((context) => Object.keys(context.timers ?? {}))
  assert(processes.length >= 6 && events.length > 40)
  // A paid-back charge and a refund that is begun by hand are both steps of somebody's.
  assert.deepEqual(processViolations({ processes, events, timers }), [])
})

test('an event that is in no step, a timer nobody answers and two steps that are one are named', () => {
  const events = cartSteps.steps.flatMap(({ appends }) => appends)
  const timers = ['cart.expire']
  const check = (process: LongProcess, told: Partial<Parameters<typeof processViolations>[0]>) =>
    processViolations({ processes: [process], events, timers, ...told }, {}, {})
  assert.deepEqual(check(cartSteps, {}), [])
  assert.deepEqual(check(cartSteps, { events: [...events, 'cart.frozen'] }), [
    'cart.frozen is in no step of a process',
  ])
  assert.deepEqual(check(cartSteps, { timers: [] }), ['nobody answers the timer cart.expire'])
  assert.deepEqual(check({ ...cartSteps, timers: {} }, {}), [
    'cart/expired is made by cart.expire, which nothing leaves',
    'cart.expire is left by no step',
  ])
  const steps = [...cartSteps.steps, { name: 'again', appends: ['cart.created'], books: 'charge' }]
  assert.deepEqual(check({ ...cartSteps, steps }, {}), [
    'cart/again appends what cart/created appends',
    'cart/again books charge, which nothing asks',
  ])
  const alone = { 'cart.expire': 'a step leaves it' }
  assert.deepEqual(processViolations({ processes: [cartSteps], events, timers }, {}, alone), [
    'the timer cart.expire is said to be alone and is not',
  ])
  const without = cartSteps.steps.filter(({ name }) => name !== 'claimed')
  assert.deepEqual(check({ ...cartSteps, steps: without }, {}), [
    'cart.claimed is in no step of a process',
  ])
})
