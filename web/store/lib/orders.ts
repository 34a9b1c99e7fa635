import type { RouterContextProvider } from 'react-router'

import type { paths } from '../api.d.ts'
import { visitContext } from '../visit.ts'
import { apiOf } from './api.ts'

export type Order =
  paths['/api/v1/orders/{id}']['get']['responses'][200]['content']['application/json']
export type Payment =
  paths['/api/v1/payments/{id}']['get']['responses'][200]['content']['application/json']

type Context = Readonly<RouterContextProvider>

const LATEST = 3

/** What opens an order that was placed in this browser; nothing for who is known by signing in. */
export function tokenOf(context: Context, id: string): { readonly 'X-Order-Token'?: string } {
  const token = context.get(visitContext).session.read().orderTokens?.[id]
  return token === undefined ? {} : { 'X-Order-Token': token }
}

/** Undefined for an order that is none, or not of whoever came. */
export async function orderOf(context: Context, id: string): Promise<Order | undefined> {
  const { data } = await apiOf(context).GET('/api/v1/orders/{id}', {
    params: { path: { id }, header: tokenOf(context, id) },
  })
  return data
}

/** The orders that were placed last in this browser, the newest first. */
export async function latestOrders(
  context: Context,
): Promise<readonly Pick<Order, 'id' | 'number'>[]> {
  const { orderTokens = {} } = context.get(visitContext).session.read()
  const ids = Object.keys(orderTokens).slice(-LATEST).toReversed()
  const found = await Promise.all(ids.map((id) => orderOf(context, id)))
  return found.flatMap((each) => (each === undefined ? [] : [{ id: each.id, number: each.number }]))
}
