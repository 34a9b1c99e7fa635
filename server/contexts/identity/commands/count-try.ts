import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import { accept, refuse, Unavailable, type Outcome } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import type { IdentityRefusal } from '../contract.ts'
import { oneMoreTry, type Tries } from '../domain/sign-in-limit.ts'
import { triesTable } from '../store/tables.ts'
import { triesOf } from '../store/tries.ts'

const LOST_RACE = { code: 'identity.lost-race' }
const RACES = 5

/** Counts a sign-in before it is evaluated, so that a thousand at once are not a thousand guesses. */
export type CountTry = (tenant: TenantId, bucket: string, cause: Cause) => Promise<Outcome<null>>

/**
 * Counts in PostgreSQL, so that all processes count together: each compares what it read with what
 * it changes. Those of one process take turns, and only other processes can win a race.
 */
export function countTry({
  write,
  reads,
  clock,
  ids,
}: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>): CountTry {
  const turns = new Map<string, Promise<unknown>>()

  async function count(tenant: TenantId, bucket: string, cause: Cause): Promise<Outcome<null>> {
    for (let race = 0; race < RACES; race++) {
      const [row] = await reads.read(tenant, triesOf, [tenant, bucket])
      const counted = row && { tries: row.tries, endsAt: row.ends_at.getTime() }
      const more = oneMoreTry(counted, clock.now())
      if ('retryAfterSeconds' in more) {
        const refusal: IdentityRefusal = { code: 'identity.too-many-attempts', ...more }
        return refuse(refusal)
      }
      const written = await write({
        tenant,
        caller: cause.caller,
        key: `count/${ids.next()}`,
        isFreshKey: true,
        fingerprint: '',
        streams: {},
        decide: () => accept({ rows: [change(bucket, counted, more.next)], answer: null }),
      })
      if (written.ok) return accept(null)
      if (written.refusal.code !== LOST_RACE.code) return written
    }
    throw new Unavailable('sign-ins for one address come too fast')
  }

  return (tenant, bucket, cause) => {
    const name = `${tenant}/${bucket}`
    const before = turns.get(name) ?? Promise.resolve()
    const mine = before.then(() => count(tenant, bucket, cause))
    const settled = mine.catch(() => undefined)
    turns.set(name, settled)
    void settled.then(() => {
      if (turns.get(name) === settled) turns.delete(name)
    })
    return mine
  }
}

function change(bucket: string, before: Tries | undefined, next: Tries): Write {
  const row = { bucket, tries: next.tries, ends_at: new Date(next.endsAt).toISOString() }
  if (before === undefined) return { table: triesTable, verb: 'insert', row, orRefuse: LOST_RACE }
  const when = { tries: before.tries, ends_at: new Date(before.endsAt).toISOString() }
  return { table: triesTable, verb: 'update', row, when, orRefuse: LOST_RACE }
}
