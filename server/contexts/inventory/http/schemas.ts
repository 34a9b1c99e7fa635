import Type from 'typebox'

import type { Role } from '#platform/http/route'
import { PLACE_PATTERN } from '#platform/keyset'

export const WORKERS: readonly Role[] = ['warehouse', 'staff', 'admin']
export const STAFF: readonly Role[] = ['staff', 'admin']

/** No shelf holds more; sums of such numbers stay safe integers. */
export const MOST = 1_000_000_000

export const sku = Type.String({ minLength: 1, maxLength: 64 })
export const warehouse = Type.String({ pattern: '^[a-z0-9-]{1,32}$' })
export const reason = Type.String({ minLength: 1, maxLength: 500 })
export const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
export const instant = Type.String({ format: 'date-time' })
export const quantity = Type.Integer({ minimum: 1, maximum: MOST })
export const lines = Type.Array(Type.Object({ sku, quantity }), { minItems: 1, maxItems: 200 })
export const level = Type.Object({
  warehouse: Type.String(),
  onHand: Type.Integer(),
  held: Type.Integer(),
  free: Type.Integer(),
})

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** A list in pages, the newest first. */
export const pages = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  after: Type.Optional(Type.String({ pattern: PLACE_PATTERN })),
})
