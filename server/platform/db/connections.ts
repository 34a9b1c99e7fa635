import type { Duplex } from 'node:stream'

import pg from 'pg'

import type { Statement } from './statement.ts'

/** int8 as a number (amounts are safe integers by CHECK and by schema), all else as `pg` reads it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === 20 && format !== 'binary'
      ? (text: string) => Number(text)
      : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
}

/** Queries on such a client are sent at once and answered in order. */
export function pipelinedConfig(config: pg.ClientConfig): pg.ClientConfig {
  return {
    ...config,
    types,
    pipeline: true,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
  } as pg.ClientConfig
}

/** A connection that says nothing for so long is cut: the network may have lost it without a word. */
const SILENCE_MS = 15_000

/**
 * A pool whose clients pipeline. Errors of idle and of busy clients are told to `onError` and never
 * end the process (requirement R15); the query that was under way rejects by itself.
 */
export function openPool(
  config: pg.ClientConfig & { max: number },
  onError: (error: Error) => void,
): pg.Pool {
  const pool = new pg.Pool({
    query_timeout: SILENCE_MS,
    ...pipelinedConfig(config),
    max: config.max,
    idleTimeoutMillis: 60_000,
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

/** Runs a named statement: parsed and planned once per connection. */
export async function run<Row>(
  client: pg.ClientBase,
  { name, text }: Statement<Row>,
  values: readonly unknown[] = [],
): Promise<{ rows: Row[]; rowCount: number; command: string }> {
  const { rows, rowCount, command } = await client.query({
    name,
    text,
    values: values as unknown[],
  })
  return { rows: rows as Row[], rowCount: rowCount ?? 0, command }
}

/**
 * Sends everything that `work` asks in one write to the socket instead of one each; `work` asks
 * synchronously. A write costs more than building the query it carries.
 */
export function together<T>(client: pg.ClientBase, work: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  stream.cork()
  try {
    return work()
  } finally {
    stream.uncork()
  }
}

/** Waits for all pipelined answers, then throws the first that failed: later ones fail only because it did. */
export async function inOrder<T extends readonly unknown[]>(promises: {
  [K in keyof T]: Promise<T[K]>
}): Promise<T> {
  const settled = await Promise.allSettled(promises)
  for (const each of settled) if (each.status === 'rejected') throw each.reason
  return settled.map((each) => (each as PromiseFulfilledResult<unknown>).value) as unknown as T
}

/** SQLSTATE of an error of PostgreSQL; undefined when the connection itself failed. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** SQLSTATEs after which the same work may succeed on another try or another connection. */
const PASSING_STATES = /^(08|57P|53)|^(40001|40P01|55P03|25P02|25P03|25P04|57014)$/

/** The server takes no writes: it was made a standby, or its disk is full and somebody says so. */
const READ_ONLY = '25006'

/** True when this connection leads to a server that only answers questions; another may not. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === READ_ONLY
}

/** What the operating system says of a connection that was lost or refused. */
const PASSING_CODES = /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT|ACCES)/

/**
 * True when trying again may help: the server went away or is starting, deadlock, serialization,
 * lock and transaction time-outs, too many connections, a lost connection.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const state = sqlState(error)
  if (state !== undefined && error instanceof pg.DatabaseError) return PASSING_STATES.test(state)
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string') return PASSING_CODES.test(code)
  return /connection|timeout exceeded|timeout expired|read timeout|client was closed|not queryable/i.test(
    error.message,
  )
}
