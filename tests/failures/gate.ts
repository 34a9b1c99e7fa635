import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Program } from '../support/program.ts'
import type { Shop } from '../support/shop.ts'

const LOCK = 7_240_800

/**
 * Makes the event of a step wait within its transaction until the test lets it go on: a trigger that
 * is told by a table which events of which shops to stop. Its wait counts to none of the limits that
 * end a transaction which is too slow.
 */
export class Gate implements AsyncDisposable {
  private readonly client: pg.Client

  private constructor(client: pg.Client) {
    this.client = client
  }

  static async of(shop: Shop): Promise<Gate> {
    const client = new pg.Client({ connectionString: shop.database.adminUrl })
    await client.connect()
    await client.query(
      `create table public.gates (tenant_id integer, type text, stream text);
       create function public.wait_at_the_gate() returns trigger
         language plpgsql security definer as $$
       begin
         if exists (select from public.gates g where g.tenant_id = new.tenant_id
             and g.type = new.type and coalesce(g.stream, new.stream) = new.stream) then
           perform set_config('lock_timeout', '0', true), set_config('transaction_timeout', '0', true);
           perform pg_advisory_xact_lock_shared(${LOCK} + new.tenant_id);
         end if;
         return new;
       end $$;
       create trigger gate before insert on platform.events
         for each row execute function public.wait_at_the_gate()`,
    )
    return new Gate(client)
  }

  /** From now on such an event of this shop waits. */
  async close(tenant: number, type: string, stream?: string): Promise<void> {
    await this.client.query('insert into public.gates values ($1, $2, $3)', [tenant, type, stream])
    await this.client.query(`select pg_advisory_lock(${LOCK} + $1::int)`, [tenant])
  }

  /** `nudge` is called again and again: a timer may have found nothing to do yet. */
  async untilReached(
    tenant: number,
    type: string,
    nudge: (() => Promise<unknown>) | undefined,
  ): Promise<void> {
    for (const deadline = performance.now() + 8000; ; await sleep(2)) {
      if ((await this.waiting(tenant)).length > 0) return
      await nudge?.()
      assert(performance.now() < deadline, `${type} never came to the gate`)
    }
  }

  /** The process is paused: PostgreSQL commits what it was sent, and nobody hears of it. */
  async letCommit(tenant: number, count: () => Promise<number>, program: Program): Promise<void> {
    const had = await count()
    await this.open(tenant)
    const until = performance.now() + 300
    while ((await count()) === had && performance.now() < until) await sleep(3)
    if ((await count()) > had) return
    // The commit was not sent yet: the process is let go until it is there, and no further.
    program.signal('SIGCONT')
    for (const deadline = performance.now() + 8000; (await count()) === had; await sleep(1)) {
      assert(performance.now() < deadline, 'what waited at the gate was never committed')
    }
  }

  /** Ends the transactions that wait, whose process is dead. */
  async abandon(tenant: number): Promise<void> {
    for (;;) {
      const pids = await this.waiting(tenant)
      if (pids.length === 0) break
      await this.client.query('select pg_terminate_backend(pid, 1000) from unnest($1::int[]) pid', [
        pids,
      ])
    }
    await this.open(tenant)
  }

  /** The leases of a dead process end, and what it asked in vain was asked a while ago. */
  async asIfLater(): Promise<void> {
    await this.client.query(`update platform.subscriptions set leased_until = '-infinity'`)
    await this.client.query(
      `update platform.events e set at = at - interval '2 minutes'
       where type = 'payment.attempted' and at > now() - interval '1 minute'`,
    )
  }

  /** A cart that nobody comes back to is a day old. */
  async ageNewestCart(tenant: number): Promise<void> {
    await this.client.query(
      `update platform.events set at = at - interval '25 hours'
       where tenant_id = $1 and stream = (
         select stream from platform.events where tenant_id = $1 and type = 'cart.created'
         order by position desc limit 1)`,
      [tenant],
    )
  }

  /** How many commits have such an event. */
  async count(tenant: number, type: string, stream?: string): Promise<number> {
    const { rows } = await this.client.query(
      `select distinct cause from platform.events
       where tenant_id = $1 and type = $2 and stream = coalesce($3, stream)`,
      [tenant, type, stream],
    )
    return rows.length
  }

  /** All that the newest commit with such an event has appended. */
  async commitOf(tenant: number, type: string, stream?: string): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ type: string }>(
      `select distinct e.type from platform.events e join (
         select cause from platform.events
         where tenant_id = $1 and type = $2 and stream = coalesce($3, stream)
         order by position desc limit 1) newest using (cause)
       where e.tenant_id = $1`,
      [tenant, type, stream],
    )
    return rows.map((row) => row.type)
  }

  /** What is known of timers that do not end. */
  async timersOf(tenant: number, ids: readonly string[]): Promise<string> {
    const rows = JSON.stringify(await this.timers(tenant, ids))
    return `it has not ended; its timers are ${rows}`
  }

  /** The timers that are named after one of these, also while a commit is about to clear them. */
  async timers(tenant: number, ids: readonly string[]): Promise<readonly object[]> {
    const { rows } = await this.client.query<object>(
      `select kind, attempts, last_error from platform.timers
       where tenant_id = $1
         and array[split_part(id, '/', 2), data ->> 'orderId', data ->> 'paymentId'] && $2::text[]`,
      [tenant, ids],
    )
    return rows
  }

  /** Of whatever the newest such event is about. */
  async idsOf(tenant: number, type: string): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ id: string }>(
      `select split_part(stream, '/', 2) as id from platform.events
       where tenant_id = $1 and type = $2 order by position desc limit 1`,
      [tenant, type],
    )
    return rows.map(({ id }) => id)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.end()
  }

  /** Also when it was left closed. */
  async open(tenant: number): Promise<void> {
    await this.client.query('delete from public.gates where tenant_id = $1', [tenant])
    await this.client.query(`select pg_advisory_unlock(${LOCK} + $1::int)`, [tenant])
  }

  /** The backends that wait at the gate of a shop. */
  private async waiting(tenant: number): Promise<number[]> {
    const { rows } = await this.client.query<{ pid: number }>(
      `select pid from pg_locks join pg_database d on d.oid = database
       where datname = current_database() and locktype = 'advisory' and not granted
         and objid = ${LOCK} + $1::int`,
      [tenant],
    )
    return rows.map(({ pid }) => pid)
  }
}
