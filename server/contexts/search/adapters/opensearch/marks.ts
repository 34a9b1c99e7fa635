import type { TenantId } from '#platform/ids'

import { EngineAway, type Calls, type Json } from './calls.ts'

/** How far the server follows a shop: a document that is replaced only by who knows what it was. */
export interface Mark {
  /** Rises with each time that somebody writes what changed. */
  readonly round: number
  /** Whose transactions are meant. */
  readonly origin: string
  /** What transactions before this one did is there. */
  readonly transaction: string
  /** As of then. */
  readonly fedAt: number
  /** Until then somebody may be writing. */
  readonly busyUntil: number
  /** Every product of the shop is there. */
  readonly isWhole: boolean
  /** The round that last wrote all of them; what is older is gone. */
  readonly wholeRound: number
}

/** A mark as it was read, with what has to be shown to replace it. */
export interface KnownMark extends Mark {
  readonly seqNo: number
  readonly primaryTerm: number
}

const FACTS = {
  round: 'number',
  origin: 'string',
  transaction: 'string',
  fedAt: 'number',
  wholeRound: 'number',
} as const

/** Undefined of a shop that was never written. */
export async function readMark(
  { call, index }: Calls,
  tenant: TenantId,
): Promise<KnownMark | undefined> {
  const { status, body } = await call({
    method: 'GET',
    path: `/${index('shops')}/_doc/${tenant}`,
    expected: [404],
  })
  if (status === 404) return undefined
  const source = body['_source'] as Mark
  for (const [name, type] of Object.entries(FACTS)) {
    if (typeof source[name as keyof Mark] !== type) throw new EngineAway('a mark is none')
  }
  return { ...source, seqNo: Number(body['_seq_no']), primaryTerm: Number(body['_primary_term']) }
}

/** Replaces a mark; undefined when somebody else did so meanwhile. */
export async function writeMark(
  { call, index }: Calls,
  tenant: TenantId,
  before: KnownMark | undefined,
  mark: Mark,
): Promise<KnownMark | undefined> {
  const { round, origin, transaction, fedAt, busyUntil, isWhole, wholeRound } = mark
  const source: Json = {
    tenant,
    round,
    origin,
    transaction,
    fedAt,
    busyUntil,
    isWhole,
    wholeRound,
  }
  const { status, body } = await call({
    method: 'PUT',
    path: `/${index('shops')}/_doc/${tenant}`,
    query:
      before === undefined
        ? { op_type: 'create' }
        : { if_seq_no: before.seqNo, if_primary_term: before.primaryTerm },
    body: source,
    expected: [409],
  })
  if (status === 409) return undefined
  return { ...mark, seqNo: Number(body['_seq_no']), primaryTerm: Number(body['_primary_term']) }
}
