import type { TenantId } from '../ids.ts'
import type { Waiting } from '../waiting.ts'
import type { DomainEvent, StreamOf } from './commit.ts'
import { keyed } from './settle.ts'
import type { Foldable, Snapshots } from './snapshots.ts'
import { nothing, type States } from './states.ts'
import type { Folded } from './store.ts'

/**
 * The newest state of a stream that this process knows, loaded where it knows none. Another process
 * may have changed the stream since: it tells a command what to prepare for what it will decide on
 * under the lock, and is never an answer; for answers there is `see`. The aggregate must be the one the
 * stream is written with. Throws `Unavailable` as `write` does.
 */
export type Recall = <State, Event extends DomainEvent>(
  tenant: TenantId,
  stream: StreamOf<State, Event>,
) => Promise<State>

/** Looks into the writer's memory; what is missing is loaded together once a turn, and remembered. */
export class Recalling {
  private readonly states: States
  private readonly snapshots: Snapshots
  private readonly waiting: Waiting
  private missing = new Map<string, Foldable>()
  private loading: Promise<ReadonlyMap<string, Folded>> | undefined

  constructor(states: States, snapshots: Snapshots, waiting: Waiting) {
    this.states = states
    this.snapshots = snapshots
    this.waiting = waiting
  }

  async recall<State, Event extends DomainEvent>(
    tenant: TenantId,
    { aggregate, id }: StreamOf<State, Event>,
  ): Promise<State> {
    const stream = `${aggregate.kind}/${id}`
    const name = keyed(tenant, stream)
    const known = this.states.get(name)
    if (known !== undefined) return known.state as State
    this.missing.set(name, { tenant, stream, aggregate })
    this.loading ??= new Promise<void>((resolve) => this.waiting.soon(resolve)).then(() =>
      this.load(),
    )
    const loaded = (await this.loading).get(name) ?? nothing(aggregate)
    return loaded.state as State
  }

  private async load(): Promise<ReadonlyMap<string, Folded>> {
    const wanted = this.missing
    this.missing = new Map()
    this.loading = undefined
    const loaded = await this.snapshots.load(wanted)
    for (const [name, folded] of loaded) {
      // A commit may have been faster than the look at what was before it.
      const isNews = folded.version > (this.states.get(name)?.version ?? 0)
      if (isNews) this.states.set(name, folded)
    }
    return loaded
  }
}
