import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { pageOf, type Page } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { deadTimersNamed, timersFailing, timersNamed, timersWaiting } from '#platform/timer-reads'
import { stream } from '#platform/write/commit'
import type { OrderQueries, OrderStatus } from '#context/orders'
import type { Payments } from '#context/payments'

import type { CheckoutProcess, Processes, ProcessTimer } from '../contract.ts'
import {
  compensationsOf,
  orderTrail,
  outstanding,
  paymentTrail,
  stateOf,
  stepsOf,
} from '../domain/process.ts'
import { PROCESS_TIMERS } from '../domain/steps.ts'

type Needs = Pick<Platform, 'reads'>

/** What the view of checkouts asks of others. */
export interface ProcessPorts {
  readonly orderList: OrderQueries['list']
  readonly payments: Pick<Payments, 'see'>
}

export function viewProcess({ reads }: Needs): Processes['view'] {
  return async (tenant, orderId) => {
    const { state: order } = await see(reads, tenant, stream(orderTrail, orderId))
    if (order.status === 'none') return refuse({ code: 'orders.unknown', orderId } as const)
    const payments = await Promise.all(
      order.paymentIds.map(async (id) => ({
        id,
        ...(await see(reads, tenant, stream(paymentTrail, id))).state,
      })),
    )
    const isReserved = order.status === 'created' || order.status === 'reserved'
    const open = outstanding(
      orderId,
      isReserved,
      new Map(
        payments.map(({ id, state, refunds }) => [
          id,
          { isProcessing: state === 'processing', refunds },
        ]),
      ),
    )
    const timers = await timersOf(
      reads,
      tenant,
      open.map(({ timer }) => timer),
    )
    const waiting = timers.flatMap(({ dueAt }) => dueAt ?? [])
    const troubled = new Set(
      open
        .map(({ timer }) => timer)
        .filter((name) => timers.find((timer) => timer.name === name)?.state !== 'waiting'),
    )
    return accept({
      orderId,
      number: order.number,
      orderStatus: order.status,
      state: stateOf(order, open, troubled),
      total: order.total,
      startedAt: new Date(order.createdAt).toISOString(),
      steps: stepsOf(order, payments),
      compensations: compensationsOf(order, payments),
      timers,
      nextDeadline: waiting.toSorted()[0] ?? null,
    })
  }
}

/** A timer that is there again after it was given up is only waiting. */
async function timersOf(
  reads: Needs['reads'],
  tenant: TenantId,
  names: readonly string[],
): Promise<readonly ProcessTimer[]> {
  const [there, gone] = await Promise.all([
    timersNamed(reads, tenant, names),
    deadTimersNamed(reads, tenant, names),
  ])
  const isThere = new Set(there.map(({ id }) => id))
  return [
    ...there.map(({ id, dueAt, attempts, lastError }): ProcessTimer => ({
      name: id,
      state: lastError === null ? 'waiting' : 'failing',
      dueAt: new Date(dueAt).toISOString(),
      attempts,
      lastError,
    })),
    ...gone
      .filter(({ id }) => !isThere.has(id))
      .map(({ id, reason }): ProcessTimer => ({
        name: id,
        state: 'given-up',
        dueAt: null,
        attempts: 5,
        lastError: reason,
      })),
  ]
}

/** Which orders may be in a state by what the lists of orders know. */
const ENDED_AS: Readonly<Record<'done' | 'failed', readonly OrderStatus[]>> = {
  done: ['confirmed', 'fulfilled'],
  failed: ['cancelled'],
}

export function listProcesses(
  platform: Needs,
  ports: ProcessPorts,
  view: Processes['view'],
): Processes['list'] {
  return async (tenant, state, page) => {
    const found =
      state === 'running' || state === 'stuck'
        ? await byTimers(platform, ports, tenant, state, page)
        : await byOrders(ports, tenant, state, page)
    const seen = await Promise.all(
      found.items.map(async ({ orderId, timer }) => ({ timer, ...(await view(tenant, orderId)) })),
    )
    const items = seen.flatMap((each) => {
      if (!each.ok) return []
      const { value: process, timer } = each
      const isAsked = state === undefined || process.state === state
      return isAsked && (timer === undefined || timer === firstTimer(process)) ? [process] : []
    })
    return { items, next: found.next }
  }
}

/** A checkout with several timers is listed with the first that makes it what it is, once. */
function firstTimer({ state, timers }: CheckoutProcess): string | undefined {
  return timers
    .filter((timer) => state !== 'stuck' || timer.state !== 'waiting')
    .map(({ name }) => name)
    .toSorted()[0]
}

type Asked = Parameters<Processes['list']>[2]

/** An order, and the timer that led to it. */
interface Found {
  readonly orderId: Id
  readonly timer?: string
}

/** Before the name of every timer of a checkout. */
const FIRST = 'order/'

/** Every running checkout has a timer, and every stuck one has one that failed or was given up. */
async function byTimers(
  { reads }: Needs,
  { payments }: ProcessPorts,
  tenant: TenantId,
  state: 'running' | 'stuck',
  { limit, after }: Asked,
): Promise<Page<Found>> {
  const ask = state === 'running' ? timersWaiting : timersFailing
  const rows = await ask(reads, tenant, PROCESS_TIMERS, after ?? FIRST, limit + 1)
  const items = await Promise.all(
    rows.slice(0, limit).map(async ({ id: timer, data }) => {
      const { orderId, paymentId = '' } = data as { orderId?: Id; paymentId?: Id }
      return { timer, orderId: orderId ?? (await payments.see(tenant, paymentId)).orderId }
    }),
  )
  return { items, next: rows.length > limit ? (items.at(-1)?.timer ?? null) : null }
}

async function byOrders(
  { orderList }: ProcessPorts,
  tenant: TenantId,
  state: 'done' | 'failed' | undefined,
  { limit, after }: Asked,
): Promise<Page<Found>> {
  const statuses = state === undefined ? [undefined] : ENDED_AS[state]
  const page = { limit: limit + 1, ...(after === undefined ? {} : { after }) }
  const lists = await Promise.all(
    statuses.map((status) => orderList(tenant, status === undefined ? {} : { status }, page)),
  )
  const rows = lists
    .flatMap(({ items }) => items)
    .map(({ id, createdAt }) => ({ id, at: new Date(createdAt) }))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
  const { items, next } = pageOf(rows, limit, (row) => row)
  return { items: items.map(({ id: orderId }) => ({ orderId })), next }
}
