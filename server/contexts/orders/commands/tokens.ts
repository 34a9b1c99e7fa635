import { createHmac, timingSafeEqual } from 'node:crypto'

import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { TokenMaker } from '../domain/tokens.ts'

/**
 * HMAC-SHA256 of shop and order under a derived secret: 256 bits nobody can guess, and nothing to
 * store. Tokens made under the previous secret are honored while there is one.
 */
export function tokenMaker({ secrets }: Pick<Platform, 'secrets'>): TokenMaker {
  const { current, previous } = secrets.derive('order-token')
  const made = (key: Buffer, tenant: TenantId, orderId: Id): string =>
    createHmac('sha256', key).update(`${tenant}/${orderId}`).digest('base64url')
  return {
    token: (tenant, orderId) => made(current, tenant, orderId),
    isToken: (tenant, orderId, token) =>
      [current, previous].some((key) => {
        if (key === undefined) return false
        const [expected, given] = [Buffer.from(made(key, tenant, orderId)), Buffer.from(token)]
        return expected.length === given.length && timingSafeEqual(expected, given)
      }),
  }
}
