import Type from 'typebox'

import { moneySchema, nullableText, taxesSchema } from '#platform/http/schemas'

export const status = Type.String({
  enum: ['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'],
})

export const address = Type.Object({
  name: Type.Optional(Type.String()),
  line1: Type.String(),
  line2: Type.Optional(Type.String()),
  city: Type.String(),
  postalCode: Type.Optional(Type.String()),
  country: Type.String(),
  phone: Type.Optional(Type.String()),
})

export const orderView = Type.Object({
  id: Type.String(),
  number: Type.String(),
  status,
  userId: nullableText,
  lines: Type.Array(
    Type.Object({
      sku: Type.String(),
      productId: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      components: Type.Optional(
        Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() }), {
          description: 'What the warehouse packs for one unit of a bundle.',
        }),
      ),
      unitPrice: moneySchema,
      discount: moneySchema,
      tax: moneySchema,
      taxRate: Type.Optional(Type.Integer({ description: 'Parts per million.' })),
      taxName: Type.Optional(Type.String()),
      total: moneySchema,
      delivery: Type.Optional(moneySchema),
      deliveryTax: Type.Optional(moneySchema),
    }),
  ),
  items: moneySchema,
  discount: moneySchema,
  tax: moneySchema,
  taxes: taxesSchema,
  delivery: moneySchema,
  total: moneySchema,
  deliveryMethod: Type.String(),
  paymentMethod: Type.String(),
  paymentId: Type.String(),
  reason: nullableText,
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
  email: Type.Optional(Type.String()),
  shippingAddress: Type.Optional(address),
})

const summary = Type.Object({
  id: Type.String(),
  number: Type.String(),
  status,
  userId: nullableText,
  total: moneySchema,
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})

export const page = Type.Object({ items: Type.Array(summary), next: nullableText })

export const historyPage = Type.Object({
  items: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Type.String({ format: 'date-time' }),
      event: Type.String(),
      words: Type.String(),
      by: Type.String({ enum: ['buyer', 'staff', 'system'] }),
      internal: Type.Optional(
        Type.Object(
          { caller: Type.String(), userId: nullableText, paymentId: nullableText },
          { description: 'For staff only.' },
        ),
      ),
    }),
  ),
  next: nullableText,
})

const instant = Type.String({ format: 'date-time' })

/** What lists may be narrowed to, beside their page. */
export const narrowed = {
  status: Type.Optional(Type.Enum(['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'])),
  from: Type.Optional({ ...instant, description: 'Placed at this instant or later.' }),
  to: Type.Optional({ ...instant, description: 'Placed before this instant.' }),
}
