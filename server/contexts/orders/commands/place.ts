import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import { newStream, stream } from '#platform/write/commit'

import type { Orders } from '../contract.ts'
import { mayBecome } from '../domain/moves.ts'
import { orderNumber, orders, present } from '../domain/order.ts'
import { maySee, type TokenMaker } from '../domain/tokens.ts'
import { rememberContact } from '../store/contacts.ts'

/** The parts of checkout's commits that concern orders. */
export function ordersForCheckout({ reads }: Pick<Platform, 'reads'>, tokens: TokenMaker): Orders {
  return {
    stream: (orderId) => stream(orders, orderId),
    newStream: (orderId) => newStream(orders, orderId),
    remember: (orderId, contact) => [rememberContact(orderId, contact)],
    mayBecome,
    number: orderNumber,
    token: (tenant, orderId) => tokens.token(tenant, orderId),
    maySee: (tenant, orderId, order, asker) => maySee(tokens, tenant, orderId, order, asker),
    see: async (tenant, orderId) => (await see(reads, tenant, stream(orders, orderId))).state,
    present,
  }
}
