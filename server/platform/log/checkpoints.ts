import type pg from 'pg'

import { run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import type { Position } from '../write/commit.ts'
import { BEGINNING, LEASE_SECONDS, type Lease } from './source.ts'

interface CheckpointRow {
  era: number
  xid: string
  position: string
  token: string
}

const introduce = statement(
  'log.introduce',
  'insert into platform.subscriptions (name) values ($1) on conflict do nothing',
)

/**
 * Whoever has a lease also has an advisory lock, which ends with its connection: a holder that was
 * killed is followed at once, one that is paused or cut off when its time is over.
 */
const lease = statement<CheckpointRow>(
  'log.lease',
  `with taken as (
     update platform.subscriptions
     set holder = $2, token = token + 1,
       leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
     where name = $1 and (holder = $2 or leased_until < clock_timestamp()
       or pg_try_advisory_xact_lock(hashtext(name), (token % 2147483647)::int))
     returning name, era, xid, position, token)
   select era, xid::text, position::text, token::text,
     pg_advisory_lock(hashtext(name), (token % 2147483647)::int) from taken`,
)

const checkpoint = statement<CheckpointRow>(
  'log.checkpoint',
  `select era, xid::text, position::text, token::text from platform.subscriptions where name = $1`,
)

const keep = statement(
  'log.keep',
  `update platform.subscriptions
   set leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
   where name = $1 and token = $2::bigint`,
)

/** Compares the old checkpoint and the fencing token, so that a holder that was paused moves nothing. */
const advance = statement(
  'log.advance',
  `update platform.subscriptions
   set era = $3, xid = $4::xid8, position = $5::bigint,
     leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
   where name = $1 and token = $2::bigint
     and (era, xid, position) = ($6, $7::xid8, $8::bigint)`,
)

const giveUp = statement(
  'log.give-up',
  `with given_up as (
     update platform.subscriptions set leased_until = '-infinity'
     where name = $1 and token = $2::bigint)
   select pg_advisory_unlock(hashtext($1), ($2::bigint % 2147483647)::int)`,
)

export async function takeLease(
  client: pg.ClientBase,
  name: string,
  holder: string,
): Promise<Lease | undefined> {
  await run(client, introduce, [name])
  const { rows } = await run(client, lease, [name, holder])
  const row = rows[0]
  if (row === undefined) return undefined
  return { name, token: row.token, checkpoint: positionOf(row) }
}

/** How far a subscription got that another process may be running. */
export async function checkpointOf(client: pg.ClientBase, name: string): Promise<Position> {
  const { rows } = await run(client, checkpoint, [name])
  return rows[0] === undefined ? BEGINNING : positionOf(rows[0])
}

function positionOf({ era, xid, position }: CheckpointRow): Position {
  return { era, xid: BigInt(xid), position: BigInt(position) }
}

/** False when another has taken the lease. */
export async function keepLease(client: pg.ClientBase, held: Lease): Promise<boolean> {
  return (await run(client, keep, [held.name, held.token])).rowCount === 1
}

/** Moves the checkpoint within the client's transaction; false when the lease or the checkpoint is another's. */
export async function moveCheckpoint(
  client: pg.ClientBase,
  held: Lease,
  to: Position,
): Promise<boolean> {
  const { checkpoint: from } = held
  const { rowCount } = await run(client, advance, [
    held.name,
    held.token,
    to.era,
    String(to.xid),
    String(to.position),
    from.era,
    String(from.xid),
    String(from.position),
  ])
  return rowCount === 1
}

export async function endLease(client: pg.ClientBase, held: Lease): Promise<void> {
  await run(client, giveUp, [held.name, held.token])
}
