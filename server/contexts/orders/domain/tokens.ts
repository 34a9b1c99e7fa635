import { isStaff } from '#platform/actor'
import type { Id, TenantId } from '#platform/ids'
import type { Asker, Order } from '../contract.ts'

/** Makes and checks the tokens of orders; the keyed hash is handed in, the rule is here. */
export interface TokenMaker {
  token(tenant: TenantId, orderId: Id): string
  isToken(tenant: TenantId, orderId: Id, token: string): boolean
}

/** Its buyer, whoever shows its token, staff. An order that is not there is nobody's. */
export function maySee(
  tokens: TokenMaker,
  tenant: TenantId,
  orderId: Id,
  order: Order,
  { actor, token }: Asker,
): boolean {
  if (order.status === 'none') return false
  if (token !== undefined && tokens.isToken(tenant, orderId, token)) return true
  return isStaff(actor) || (actor.kind === 'user' && actor.id === order.userId)
}
