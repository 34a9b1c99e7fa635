/** A request on its way to one of the processes and its answer on the way back. */
import type { Actor, Cause } from '../../server/platform/http/route.ts'
import { Unavailable, type Refusal } from '../../server/platform/outcome.ts'
import type { Tenant } from '../../server/platform/tenants.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

export interface Asked {
  readonly step: 'request' | 'webhook'
  /** Who asks, for people. */
  readonly whose: string
  readonly operation: string
  readonly tenant: Tenant
  readonly actor: Actor
  /** As the server names whoever asks, for the key. */
  readonly caller: string
  /** The client's; without one the request can be told from no other. */
  readonly key: string | undefined
  readonly params: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly rawBody?: Buffer
}

/** What clients look at in answers. */
export interface Body {
  readonly id: string
  readonly status?: string
  readonly cartId?: string
  readonly token?: string
  readonly payment?: { readonly id: string }
  readonly action?: { readonly url: string }
}

export type Reply =
  | { readonly is: 'done'; readonly body: Body }
  | { readonly is: 'refused'; readonly refusal: Refusal & Readonly<Record<string, unknown>> }
  /** Nobody knows what became of it. */
  | { readonly is: 'lost' }

/** Whoever asks waits no longer for an answer. */
const PATIENCE_MS = 30_000

const LOST: Reply = { is: 'lost' }
const NO_BYTES = Buffer.alloc(0)

/** Sends a request once, to either process. Never throws. */
export function ask(world: World, random: Random, asked: Asked): Promise<Reply> {
  const { scheduler, faults } = world
  const { step, whose } = asked
  const fault = faults.draw(random, whose, step)
  const place = random.below(world.processes.length)
  const inMs = 0.2 + random.next() * 3
  const delay = fault === 'delayed' ? random.pick([0.3, 5, 40]) * 1000 * random.next() : 0
  const isInTurn = world.begun(step)

  return new Promise<Reply>((resolve) => {
    let cancel = (): void => undefined
    const end = (reply: Reply): void => {
      cancel()
      resolve(reply)
    }
    cancel = scheduler.add(PATIENCE_MS, `${whose}: gives up waiting`, undefined, () =>
      resolve(LOST),
    )
    const back = (reply: Reply): void => answered(world, random, whose, reply, end)
    const arrive = (): void => {
      isInTurn()
      const process = world.processes[place]
      if (fault !== undefined) faults.table.count(fault, step)
      if (fault === 'clock jumped') world.jump(random)
      if (fault === 'failed' || process === undefined) return back(LOST)
      if (fault === 'died before') {
        world.kill(process, `as ${whose} asks it`)
        return back(LOST)
      }
      process.onDeath(() => back(LOST))
      void heard(world, process, asked).then((reply) => {
        if (fault === 'died after') world.kill(process, `as it answers ${whose}`)
        back(fault === 'answer lost' ? LOST : reply)
      })
      if (fault === 'repeated') repeated(world, random, asked)
    }
    scheduler.add(inMs + delay, `${whose}: ${step}`, undefined, arrive)
  })
}

/** The same request once more, a little later, to whichever process; nobody waits for the answer. */
function repeated(world: World, random: Random, asked: Asked): void {
  const place = random.below(world.processes.length)
  world.scheduler.add(random.next() * 20, `${asked.whose}: again`, undefined, () => {
    const process = world.processes[place]
    if (process !== undefined) void heard(world, process, asked)
  })
}

function answered(
  world: World,
  random: Random,
  whose: string,
  reply: Reply,
  end: (reply: Reply) => void,
): void {
  const { scheduler, faults } = world
  const fault = faults.draw(random, whose, 'answer')
  const isInTurn = world.begun('answer')
  const delay = fault === 'delayed' ? random.next() * 10_000 : 0
  scheduler.add(0.2 + random.next() * 3 + delay, `${whose}: answer`, undefined, () => {
    isInTurn()
    if (fault !== undefined) faults.table.count(fault, 'answer')
    if (fault === 'clock jumped') world.jump(random)
    end(fault === 'failed' ? LOST : reply)
  })
}

/** What the process makes of it; never comes when the process dies meanwhile. */
async function heard(world: World, process: Process, asked: Asked): Promise<Reply> {
  const { operation, tenant, actor, caller, params, body, headers, key, rawBody = NO_BYTES } = asked
  const route = process.routes.get(operation)
  if (route === undefined) throw new Error(`no route is called ${operation}`)
  const cause: Cause = {
    caller,
    key: key ?? `request/${process.random.bits()}/${process.random.bits()}`,
    isFreshKey: key === undefined,
    fingerprint: key === undefined ? '' : JSON.stringify([operation, params, body]),
  }
  const request = {
    tenant,
    actor,
    params,
    query: {},
    body,
    rawBody,
    header: (name: string) => headers[name.toLowerCase()],
    requestId: cause.key,
    ip: '127.0.0.1',
    cause,
  }
  try {
    const outcome = await route.handle(request as never)
    if (outcome.ok) {
      const reply = { is: 'done', body: outcome.value.body as unknown as Body } as const
      world.invariants.answered(asked, reply.body)
      return reply
    }
    const { refusal } = outcome
    // These are 503 on the wire: come again.
    if ('retryAfterSeconds' in refusal) return LOST
    return { is: 'refused', refusal: refusal as (Reply & { is: 'refused' })['refusal'] }
  } catch (error) {
    if (!(error instanceof Unavailable)) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
      world.violated(`${operation} is answered with 500: ${why}`)
    }
    return LOST
  }
}
