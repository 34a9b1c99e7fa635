/**
 * The committer: takes what has arrived, decides each intent on what its predecessor leaves, locks,
 * settles, writes all together and answers after `COMMIT`. An idle writer commits at once; a busy
 * one commits hundreds at a time. Every shop has its lane: its batches are written one after another,
 * the next prepared while the one before waits for the disk. What comes in bulk has one more, so that
 * nobody waits behind it, and is answered when the next batch is on its way; between lanes it is as
 * between processes.
 */
import assert from 'node:assert/strict'

import type { Clock } from '../clock.ts'
import { accept, refuse, Unavailable, type Outcome } from '../outcome.ts'
import type { Chance, Waiting } from '../waiting.ts'
import { Batcher, type Pending } from './batcher.ts'
import type { Intent, Streams, WriteIntent, Written } from './commit.ts'
import { decide, needsOf, type DecidedMember } from './deciding.ts'
import { Recalling, type Recall } from './recalling.ts'
import { keyed, settle, type Place, type SettledBatch } from './settle.ts'
import { Snapshots } from './snapshots.ts'
import { foldNew, States } from './states.ts'
import { BadData, TryAgain, type Session, type Store } from './store.ts'

export interface WriterOptions {
  readonly store: Store
  readonly clock: Clock & {
    /** Hears the database's time with each batch. */ heard?(now: number): void
  }
  readonly waiting: Waiting
  readonly chance: Chance
  /** Intents that may wait in a lane; more are refused with `Unavailable`. */
  readonly queueLimit: number
  readonly batchLimit: number
  /** Shops are spread over so many lanes, and one more is for bulk; those of one lane never wait for each other's locks. */
  readonly lanes: number
  readonly cachedStates?: number
  /** Called after each commit that recorded something. */
  readonly committed?: (batch: Committed) => void
}

/** A whole batch is tried so many times. */
const TRIES = 5

/**
 * A member that loses to another process is decided again so often, each time in a new transaction:
 * under the locks it holds already its events would stand in the log before those it was decided on.
 * Whoever has won goes on at once, so of many processes one may lose long.
 */
const LOSSES = 40

/** It rests no longer than this before it is decided again. */
const REST_MS = 32

/** After so long nobody wants to wait any more: the batch is given up, and the keys tell what became of it. */
const PATIENCE_MS = 6000

/** Reclaiming lapsed holds may leave another account short, which is looked at in turn, so many times. */
const LOOKS = 3

/** What a transaction was of. */
export interface Committed {
  readonly members: number
  /** So many more stand in the log. */
  readonly entries: number
  readonly isBulk: boolean
}

export interface Writer {
  readonly write: WriteIntent
  readonly recall: Recall
  /** Figures for metrics: what waits, what was written. */
  readonly figures: () => { waiting: number; batches: number; members: number; tries: number }
  /** The latest place in the log of anything answered by this writer; none where nobody follows. */
  readonly last: () => Place | undefined
  /** Takes no more, finishes what was taken. */
  close(): Promise<void>
}

export function openWriter(options: WriterOptions): Writer {
  const writing = new Writing(options)
  return {
    write: writing.write,
    recall: writing.recall,
    figures: () => ({ ...writing.counts, waiting: writing.waiting }),
    last: () => writing.last,
    close: () => writing.close(),
  }
}

class Writing {
  readonly counts = { batches: 0, members: 0, tries: 0 }
  last: Place | undefined
  private readonly options: WriterOptions
  private readonly lanes: readonly Batcher[]
  private readonly states: States
  private readonly snapshots: Snapshots
  private readonly recalling: Recalling
  /** Intents under way by key, so that twins in this process join the first. */
  private readonly underWay = new Map<
    string,
    { fingerprint: string; outcome: Promise<Outcome<Written<unknown>>> }
  >()
  private closed = false

  constructor(options: WriterOptions) {
    this.options = options
    this.snapshots = new Snapshots(options.store)
    this.states = new States(options.cachedStates ?? 20_000)
    this.recalling = new Recalling(this.states, this.snapshots, options.waiting)
    this.lanes = Array.from(
      { length: options.lanes + 1 },
      (_, lane) => new Batcher(options, (batch, onItsWay) => this.run(lane, batch, onItsWay)),
    )
  }

  get waiting(): number {
    return this.lanes.reduce((sum, { waiting }) => sum + waiting, 0)
  }

  private laneOf({ tenant, isBulk = false }: Intent<Streams, unknown>): Batcher {
    const { lanes } = this.options
    const lane = this.lanes[isBulk ? lanes : tenant % lanes]
    assert(lane !== undefined)
    return lane
  }

  private isBulk(lane: number): boolean {
    return lane === this.options.lanes
  }

  readonly write: WriteIntent = async <S extends Streams, T>(intent: Intent<S, T>) => {
    if (this.closed) throw new Unavailable('the writer is closing')
    const id = keyed(intent.tenant, intent.caller, intent.key)
    const twin = this.underWay.get(id)
    if (twin !== undefined) {
      if (twin.fingerprint !== intent.fingerprint) return refuse({ code: 'request.key-reused' })
      const outcome = (await twin.outcome) as Outcome<Written<T>>
      return outcome.ok ? accept({ ...outcome.value, replayed: true }) : outcome
    }

    const untyped = intent as unknown as Intent<Streams, unknown>
    const outcome = this.laneOf(untyped).submit(untyped)
    this.underWay.set(id, { fingerprint: intent.fingerprint, outcome })
    try {
      return (await outcome) as Outcome<Written<T>>
    } finally {
      this.underWay.delete(id)
    }
  }

  readonly recall: Recall = async (tenant, stream) => {
    try {
      return await this.recalling.recall(tenant, stream)
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error
      throw new Unavailable(error.message, 1, { cause: error })
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.lanes.map((lane) => lane.idle()))
    await this.snapshots.idle()
    await this.options.store.close()
  }

  /** Carries a batch to its end: every member is answered, or handed back to be decided again. */
  private async run(lane: number, batch: readonly Pending[], onItsWay: () => void): Promise<void> {
    const { clock, waiting, chance } = this.options
    const since = clock.now()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(lane, batch, attempt, onItsWay)
      } catch (error) {
        this.counts.tries += 1
        if (error instanceof BadData && batch.length > 1) {
          // Halves go behind what follows: waiting for it, as bulk does, they must not be what it waits for.
          onItsWay()
          const half = Math.ceil(batch.length / 2)
          await this.run(lane, batch.slice(0, half), () => undefined)
          return await this.run(lane, batch.slice(half), () => undefined)
        }
        const isWorthWhile = attempt < TRIES && clock.now() - since < PATIENCE_MS
        if (error instanceof TryAgain && isWorthWhile) {
          for (const pending of batch) this.forget(pending)
          await waiting.sleep(2 ** attempt * (5 + chance.next() * 15))
          continue
        }
        const reason =
          error instanceof TryAgain ? new Unavailable(error.message, 1, { cause: error }) : error
        for (const pending of batch) pending.fail(reason)
        return
      }
    }
  }

  private async once(
    lane: number,
    batch: readonly Pending[],
    attempt: number,
    onItsWay: () => void,
  ): Promise<void> {
    const { store, clock } = this.options
    const { members, bugs } = await decide(batch, this.states, this.snapshots, clock.now())
    for (const { pending, error } of bugs) pending.fail(error)
    if (members.length === 0) return

    const refusedRows = new Map<number, { code: string }>()
    for (;;) {
      const session = await store.begin(lane, needsOf(members, attempt > 1))
      // Later than what any member replays, too: whoever reads behind it has seen that.
      const { place } = session.locked
      clock.heard?.(session.locked.now)
      const settled = await this.settleIn(session, members, refusedRows)
      if (settled.writes.answers.length === 0) {
        await session.abandon()
        this.reached(place)
        return this.answer(lane, members, settled)
      }
      const refused = await session.write(settled.writes, onItsWay)
      if (refused === undefined) {
        this.reached(place)
        // Nobody waits for what came in bulk, but PostgreSQL would wait for what follows.
        if (this.isBulk(lane)) await this.lanes[lane]?.sent()
        return this.answer(lane, members, settled)
      }
      for (const [member, refusal] of refused.refused) refusedRows.set(member, refusal)
    }
  }

  private async settleIn(
    session: Session,
    members: readonly DecidedMember[],
    refusedRows: ReadonlyMap<number, { code: string }>,
  ): Promise<SettledBatch> {
    try {
      let settled = settle(session.locked, members, refusedRows)
      for (let look = 1; settled.short.length > 0 && look <= LOOKS; look += 1) {
        settled = settle(await session.lapsed(settled.short), members, refusedRows)
      }
      return settled
    } catch (error) {
      await session.abandon()
      // A transfer that cannot be (an overflow, a wrong unit) is a bug of one member.
      if (error instanceof TryAgain) throw error
      throw new BadData('a member of the batch cannot be settled', { cause: error })
    }
  }

  private reached(place: Place | undefined): void {
    const { last } = this
    const isLater =
      last === undefined || (place !== undefined && (place.era > last.era || place.xid > last.xid))
    if (isLater) this.last = place
  }

  /** After `COMMIT`: answers, remembers the new states, hands back what must be decided again. */
  private answer(
    lane: number,
    members: readonly DecidedMember[],
    { settlements, writes }: SettledBatch,
  ): void {
    this.counts.batches += 1
    const isBulk = this.isBulk(lane)
    const again: Pending[] = []
    for (const [place, { pending, appended }] of members.entries()) {
      const settlement = settlements[place]
      switch (settlement?.kind) {
        case 'committed':
          this.counts.members += 1
          for (const { name, stream, aggregate, isNew, from, events } of appended) {
            // Thousands that were only just made would drive out what somebody will ask for.
            if (isNew && isBulk) continue
            // What the member was decided on may be folded with times that were guessed: only what was
            // loaded, or folded here after its commit, has those of the log.
            const known = this.states.get(name) ?? (from.version === 0 ? from : undefined)
            if (known?.version !== from.version) {
              this.states.forget(name)
              continue
            }
            const folded = foldNew(aggregate, known, events, settlement.at)
            this.states.set(name, folded)
            const { tenant } = pending.intent
            this.snapshots.committed({ tenant, stream, aggregate }, from.version, folded)
          }
          pending.settle(accept({ answer: settlement.answer, replayed: false }))
          break
        case 'replayed':
          this.forget(pending)
          pending.settle(accept({ answer: settlement.answer, replayed: true }))
          break
        case 'refused':
          pending.settle(refuse(settlement.refusal))
          break
        case 'mismatch':
          pending.settle(refuse({ code: 'request.key-reused' }))
          break
        default:
          if (settlement?.ahead === true) again.push(pending)
          else this.conflict(pending)
      }
    }
    const [first] = again
    if (first !== undefined) this.laneOf(first.intent).handBack(again)
    if (writes.answers.length === 0) return
    this.options.committed?.({
      members: writes.answers.length,
      entries: writes.events.length + writes.transfers.length,
      isBulk,
    })
  }

  /** Another process was faster: look again at what it left, a few times. */
  private conflict(pending: Pending): void {
    this.forget(pending)
    pending.conflicts += 1
    if (pending.conflicts < LOSSES) {
      const pause = this.options.chance.next() * Math.min(4 * 2 ** pending.conflicts, REST_MS)
      this.laneOf(pending.intent).handBackLater(pending, pause)
    } else {
      pending.fail(new Unavailable('others keep changing the same things'))
    }
  }

  private forget({ streams }: Pending): void {
    for (const { name } of streams) this.states.forget(name)
  }
}
