import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import { accept, refuse, Unavailable, type Outcome } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import type { IdentityRefusal } from '../contract.ts'
import type { SecretTexts } from '../domain/ports.ts'
import {
  MOST_FAILURES,
  MOST_MESSAGES,
  MOST_REGISTRATIONS,
  MOST_TRIES,
  networkOf,
  oneMoreTry,
  type Tries,
} from '../domain/sign-in-limit.ts'
import { triesTable } from '../store/tables.ts'
import { triesOf } from '../store/tries.ts'

/** Something that may be tried so often; its name is a keyed hash. */
export interface Bucket {
  readonly name: string
  readonly most: number
}

/** What a sign-in counts against: its account from its network, and its network. */
export interface SignInBuckets {
  readonly account: Bucket
  readonly network: Bucket
}

export function signInBuckets(texts: SecretTexts, email: string, ip: string): SignInBuckets {
  const network = networkOf(ip)
  return {
    account: { name: texts.disguise(`sign-in\n${email}\n${network}`), most: MOST_TRIES },
    network: { name: texts.disguise(`sign-ins\n${network}`), most: MOST_FAILURES },
  }
}

export function registrationBucket(texts: SecretTexts, ip: string): Bucket {
  return { name: texts.disguise(`registrations\n${networkOf(ip)}`), most: MOST_REGISTRATIONS }
}

/** What a notice that is asked for counts against; `whom` is an e-mail address or a user. */
export function askBuckets(texts: SecretTexts, whom: string, ip: string): readonly Bucket[] {
  const network = networkOf(ip)
  return [
    { name: texts.disguise(`notices\n${whom}\n${network}`), most: MOST_MESSAGES },
    { name: texts.disguise(`notices\n${network}`), most: MOST_FAILURES },
  ]
}

/** Tokens shown from one network: nobody guesses one, but each costs work. */
export function resetBucket(texts: SecretTexts, ip: string): Bucket {
  return { name: texts.disguise(`tokens\n${networkOf(ip)}`), most: MOST_FAILURES }
}

/**
 * Counts in PostgreSQL, so that all processes count together: each compares what it read with what
 * it changes. Those of one process take turns, and only other processes can win a race.
 */
export interface TryCounter {
  /** Before anything is evaluated, so that a thousand at once are not a thousand guesses. */
  count(tenant: TenantId, buckets: readonly Bucket[], cause: Cause): Promise<Outcome<null>>
  /** Takes one back that was no guess. */
  forgive(tenant: TenantId, bucket: Bucket, cause: Cause): Promise<void>
}

type Needs = Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>

const LOST_RACE = { code: 'identity.lost-race' }
const RACES = 5

export function tryCounter(platform: Needs): TryCounter {
  const inTurn = turns()
  return {
    // The last bucket is the widest: whoever shares another one shares this one as well.
    count: (tenant, buckets, cause) =>
      inTurn(`${tenant}/${buckets.at(-1)?.name}`, async () => {
        const counted = await change(platform, tenant, buckets, cause, oneMore)
        if (counted === undefined) throw new Unavailable('sign-ins from one network come too fast')
        return counted
      }),
    forgive: (tenant, bucket, cause) =>
      inTurn(`${tenant}/${bucket.name}`, async () => {
        // After five lost races it stays counted: one too many, which lapses with its window.
        await change(platform, tenant, [bucket], cause, oneLess)
      }),
  }
}

/** What becomes of a count: another one, nothing, or a refusal. */
type Step = (counted: Tries | undefined, now: number, most: number) => Outcome<Tries | undefined>

const oneMore: Step = (counted, now, most) => {
  const more = oneMoreTry(counted, now, most)
  if ('next' in more) return accept(more.next)
  const refusal: IdentityRefusal = { code: 'identity.too-many-attempts', ...more }
  return refuse(refusal)
}

const oneLess: Step = (counted) =>
  accept(counted && counted.tries > 1 ? { ...counted, tries: counted.tries - 1 } : undefined)

/** Undefined when others were quicker five times in a row. */
async function change(
  { write, reads, clock, ids }: Needs,
  tenant: TenantId,
  buckets: readonly Bucket[],
  cause: Cause,
  step: Step,
): Promise<Outcome<null> | undefined> {
  for (let race = 0; race < RACES; race++) {
    const found = await Promise.all(
      buckets.map(({ name }) => reads.read(tenant, triesOf, [tenant, name])),
    )
    const rows: Write[] = []
    for (const [place, { name, most }] of buckets.entries()) {
      const row = found[place]?.[0]
      const before = row && { tries: row.tries, endsAt: row.ends_at.getTime() }
      const after = step(before, clock.now(), most)
      if (!after.ok) return after
      rows.push(...changeOf(name, before, after.value))
    }
    const written = await write({
      tenant,
      caller: cause.caller,
      key: `count/${ids.next()}`,
      isFreshKey: true,
      fingerprint: '',
      streams: {},
      decide: () => accept({ rows, answer: null }),
    })
    if (written.ok) return accept(null)
    if (written.refusal.code !== LOST_RACE.code) return written
  }
  return undefined
}

function changeOf(bucket: string, before: Tries | undefined, after: Tries | undefined): Write[] {
  const values = ({ tries, endsAt }: Tries) => ({ tries, ends_at: new Date(endsAt).toISOString() })
  const shared = { table: triesTable, orRefuse: LOST_RACE }
  if (before === undefined) {
    if (after === undefined) return []
    return [{ ...shared, verb: 'insert', row: { bucket, ...values(after) } }]
  }
  const when = values(before)
  return after === undefined
    ? [{ ...shared, verb: 'delete', row: { bucket }, when }]
    : [{ ...shared, verb: 'update', row: { bucket, ...values(after) }, when }]
}

/** Runs works of one name one after the other, whatever became of the one before. */
function turns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work)
    const settled = mine.catch(() => undefined)
    last.set(name, settled)
    void settled.then(() => {
      if (last.get(name) === settled) last.delete(name)
    })
    return mine
  }
}
