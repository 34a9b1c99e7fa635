/**
 * A kill at every step of every long process (F2, P4): before its commit, after it and before anybody
 * hears of it, and while the provider is asked. The steps are those of the definitions that the
 * product itself keeps to (`Context.processes`), so a new one is killed too, or the test fails for want
 * of a scene. The moment is found from outside: a trigger of the test lets the step's first event wait
 * for a lock of the test, so the product needs no switch.
 *
 * Two shops are interrupted by each kill, one before and one after a commit: their commits are written
 * on connections of their own. Where a client comes back, the same request under the same key brings
 * the step to its end, once. Where none does, a timer or a reaction must.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { cartSteps } from '../../server/contexts/cart/domain/steps.ts'
import { checkoutSteps } from '../../server/contexts/checkout/domain/steps.ts'
import {
  stockSteps,
  stockTakeSteps,
  transferSteps,
} from '../../server/contexts/inventory/domain/steps.ts'
import { refundSteps } from '../../server/contexts/payments/domain/refund-steps.ts'
import { type LongProcess, stepOf, timersOf } from '../../server/platform/process.ts'
import { Journey } from '../journeys/journey.ts'
import { Gate } from './gate.ts'
import { CHECKOUT, REFUND } from './scenes.ts'
import { type Scene, Side } from './side.ts'
import { CART, STOCK, TAKE, TRANSFER } from './stock-scenes.ts'

type Scenes = Readonly<Record<string, (side: Side) => Promise<Scene>>>

const PROCESSES: readonly (readonly [LongProcess, Scenes])[] = [
  [checkoutSteps, CHECKOUT],
  [refundSteps, REFUND],
  [cartSteps, CART],
  [transferSteps, TRANSFER],
  [stockTakeSteps, TAKE],
  [stockSteps, STOCK],
]

type Step = LongProcess['steps'][number]

/** One kill of one step. */
interface Case {
  readonly process: LongProcess
  readonly step: Step
  readonly scene: (side: Side) => Promise<Scene>
  readonly moment: 'before' | 'after'
  /** No client ever comes back. */
  readonly isAlone: boolean
}

/** What a definition makes worth trying. */
function casesOf(process: LongProcess, scenes: Scenes): readonly Case[] {
  return process.steps.flatMap((step) => {
    const scene = scenes[step.name]
    if (scene === undefined) return []
    const each = { process, step, scene }
    const isByItself = step.byReaction === true || step.byTimer !== undefined
    const leavesTimer = timersOf([process], step.appends).length > 0
    const isAsked = step.byReaction !== true && step.byTimer !== 'cart.expire'
    return [
      ...(isAsked
        ? [
            { ...each, moment: 'before' as const, isAlone: false },
            { ...each, moment: 'after' as const, isAlone: false },
          ]
        : []),
      ...(isByItself ? [{ ...each, moment: 'before' as const, isAlone: true }] : []),
      ...(leavesTimer || !isAsked ? [{ ...each, moment: 'after' as const, isAlone: true }] : []),
    ]
  })
}

const CASES = PROCESSES.flatMap(([process, scenes]) => casesOf(process, scenes))

let journey: Journey
let gate: Gate
let sides: readonly [Side, Side]

before(async () => {
  journey = await Journey.begin({ providerDelayMs: 5 })
  // News of the provider would take the step that is waited for.
  await journey.shop.setFaults({ webhooks: { lost: 1 } })
  const ways = { journey, elsewhere: journey.by(await journey.shop.another(['api'])) }
  sides = [await Side.of(ways, 'demo'), await Side.of(ways, 'second')]
  gate = await Gate.of(journey.shop)
})
after(async () => {
  await gate?.[Symbol.asyncDispose]()
  await journey?.shop.mustBeSound().finally(() => journey[Symbol.asyncDispose]())
})

test('every step of every process has a scene, and no scene is of a step that is no more', () => {
  for (const [process, scenes] of PROCESSES) {
    assert.deepEqual(
      Object.keys(scenes),
      process.steps.map(({ name }) => name),
      process.name,
    )
  }
})

/** A case on its way: what was begun in which shop, and what must become of it. */
class Attempt {
  readonly it: Case
  readonly side: Side
  private readonly scene: Scene
  private readonly had: number
  private answer: ReturnType<Side['again']> | undefined

  private constructor(it: Case, side: Side, scene: Scene, had: number) {
    this.it = it
    this.side = side
    this.scene = scene
    this.had = had
  }

  static async of(it: Case, side: Side): Promise<Attempt> {
    const scene = await it.scene(side)
    const attempt = new Attempt(it, side, scene, 0)
    return new Attempt(it, side, scene, await attempt.count())
  }

  get event(): string {
    return this.it.step.appends[0] ?? ''
  }

  /** The commits of this step, by what it appends first. */
  count(): Promise<number> {
    return gate.count(this.side.tenant, this.event, this.scene.stream)
  }

  /** Begins the step; returns when its first event waits. */
  async stop(): Promise<void> {
    await gate.close(this.side.tenant, this.event, this.scene.stream)
    const { send, alone } = this.scene
    const { step, isAlone } = this.it
    if (isAlone && alone !== undefined && !(step.byTimer === undefined && send !== undefined)) {
      await alone()
    } else {
      assert(send !== undefined, `${step.name} has nothing that begins it`)
      // It goes on asking while the process is dead, and is heard by the next.
      const answer = isAlone ? this.side.once(send) : this.side.again(send)
      answer.catch(() => undefined)
      if (!isAlone) this.answer = answer
    }
    await gate.untilReached(
      this.side.tenant,
      this.event,
      isAlone && step.byTimer !== undefined ? alone : undefined,
    )
  }

  async mustHave(more: 0 | 1): Promise<void> {
    assert.equal(await this.count(), this.had + more, `${this.event}: what was committed`)
  }

  /** While the process is dead time goes by, where the process waits for it. */
  async whileDead(): Promise<void> {
    const { process, step, isAlone } = this.it
    const timers = timersOf([process], step.appends)
    if (isAlone && timers.includes('cart.expire')) await gate.ageNewestCart(this.side.tenant)
  }

  /** Everything that is to come has come: the step has happened once, and its process goes on. */
  async conclude(): Promise<void> {
    const { send, ids } = this.scene
    if (this.answer === undefined) await this.endsByItself(ids)
    else {
      assert(send !== undefined)
      const first = await this.answer
      assert.equal(first.status, send.status, JSON.stringify(first.body))
      if (send.isSetting === true) return
      await this.mustHave(1)
      const second = await this.side.again(send)
      assert.deepEqual(bare(second), bare(first))
    }
    await this.mustHave(1)
    const types = await gate.commitOf(this.side.tenant, this.event, this.scene.stream)
    assert.equal(stepOf([this.it.process], types)?.name, this.it.step.name, types.join())
  }

  /** Timers that the next minutes would bring are brought now, until none is left. */
  private async endsByItself(ids: readonly string[]): Promise<void> {
    const named = ids.length > 0 ? ids : await gate.idsOf(this.side.tenant, this.event)
    for (const deadline = performance.now() + 12_000; ; await sleep(60)) {
      await this.side.hurry(named)
      const waiting = await gate.timers(this.side.tenant, named)
      if (waiting.length === 0 && (await this.count()) === this.had + 1) return
      assert(performance.now() < deadline, await gate.timersOf(this.side.tenant, named))
    }
  }
}

/** Refusals are made anew each time, and each says which request it answers. */
function bare({ status, body }: { status: number; body: unknown }): unknown {
  const { instance: _, ...rest } = Object(body) as Record<string, unknown>
  return { status, ...rest }
}

/** Both are at their gates; one process is killed for both. */
async function kill(early: Attempt | undefined, late: Attempt | undefined): Promise<void> {
  const { program } = journey.shop
  if (late !== undefined) {
    program.signal('SIGSTOP')
    await gate.letCommit(late.side.tenant, () => late.count(), program)
  }
  await program.kill('SIGKILL')
  // PostgreSQL may have been sent the commit with the event, and would carry it out.
  if (early !== undefined) await gate.abandon(early.side.tenant)
  await early?.mustHave(0)
  await late?.mustHave(1)
  await gate.asIfLater()
  await late?.whileDead()
  await program.start()
}

const isReaction = ({ step }: Case): boolean => step.byReaction === true
const titleOf = ({ process, step, isAlone }: Case): string =>
  `“${step.name}” of a ${process.name}${isAlone ? ', whose client is gone' : ''}`

/** Each kill is of one case before and one after a commit. */
function pairs(): readonly (readonly [Case | undefined, Case | undefined])[] {
  const early = CASES.filter(({ moment }) => moment === 'before')
  const late = CASES.filter(({ moment }) => moment === 'after')
  // Other processes side by side, and never two reactions: the log is read below what is open.
  const half = late.length >> 1
  const turned = [...late.slice(half), ...late.slice(0, half)]
  return Array.from({ length: Math.max(early.length, late.length) }, (_, at) => [
    early[at],
    turned[at],
  ])
}

for (const [early, late] of pairs()) {
  const moments = [
    ...(early === undefined ? [] : [`before ${titleOf(early)}`]),
    ...(late === undefined ? [] : [`after ${titleOf(late)}`]),
  ]
  test(`killed ${moments.join(' and ')}: it happens once`, async () => {
    await using _ = { [Symbol.asyncDispose]: asBefore }
    const first = early && (await Attempt.of(early, sides[0]))
    const second = late && (await Attempt.of(late, sides[1]))
    await journey.shop.setFaults(faultsOf(early, late))
    const order = late !== undefined && isReaction(late) ? [second, first] : [first, second]
    for (const each of order) await each?.stop()
    await kill(first, second)
    await first?.conclude()
    await second?.conclude()
  })
}

/** Whatever came of a test, the next one finds the gates open, the provider well and the shop there. */
async function asBefore(): Promise<void> {
  for (const { tenant } of sides) await gate.open(tenant)
  await journey.shop.setFaults({ webhooks: { lost: 1 } })
  if (!journey.shop.program.isRunning) await journey.shop.program.start()
}

function faultsOf(...cases: readonly (Case | undefined)[]) {
  const refuses = cases.some(
    (each) => each?.process === refundSteps && each.step.name === 'refused',
  )
  return { webhooks: { lost: 1 }, ...(refuses ? { refusesRefunds: 1 } : {}) }
}

/** What each call outside has moved there. */
const MOVED: Readonly<Record<string, () => Promise<number>>> = {
  charge: async () => (await journey.shop.charges()).length,
  refund: async () =>
    (await journey.shop.charges()).reduce((sum, { amountRefunded }) => sum + amountRefunded, 0),
}

/** The scene of the step that books each call, and by how much that moves. */
const BOOKS: Readonly<Record<string, readonly [Case['scene'], string, number]>> = {
  charge: [CHECKOUT['paid']!, 'payment.succeeded', 1],
  refund: [REFUND['given-back']!, 'payment.refunded', 100],
}

const CALLS = new Set(PROCESSES.flatMap(([{ asks }]) => Object.values(asks) as string[]))

for (const call of CALLS) {
  for (const isAlone of [false, true]) {
    const end = isAlone ? 'its timer ends it' : 'the client ends it'
    test(`killed while a ${call} is answered, after the money moved: it moves once, and ${end}`, async () => {
      await using _ = { [Symbol.asyncDispose]: asBefore }
      const [side] = sides
      const [scene, event, more] = BOOKS[call]!
      const { send, ids, stream: named } = await scene(side)
      // Payments of scenes before may be booked meanwhile, by their timers.
      const stream = named ?? `payment/${ids[0]}`
      const moved = MOVED[call]!
      const [had, noted] = [await moved(), await gate.count(side.tenant, event, stream)]
      await journey.shop.setFaults({ slowMs: 2000, webhooks: { lost: 1 } })
      const answer = isAlone ? side.once(send!) : side.again(send!)
      answer.catch(() => undefined)
      while ((await moved()) === had) await sleep(5)
      await journey.shop.program.kill('SIGKILL')
      assert.equal(await gate.count(side.tenant, event, stream), noted, 'it was booked already')
      await asBefore()
      if (!isAlone) assert.equal((await answer).status, send!.status)
      for (const deadline = performance.now() + 12_000; ; await sleep(60)) {
        if ((await gate.count(side.tenant, event, stream)) === noted + 1) break
        assert(performance.now() < deadline, await gate.timersOf(side.tenant, ids))
        await side.hurry(ids)
      }
      assert.equal(await moved(), had + more)
    })
  }
}

test('every case was tried', () => {
  const tried = pairs().flatMap((pair) => pair.filter((each) => each !== undefined))
  assert.equal(tried.length, CASES.length)
})
