import Type, { type Static } from 'typebox'

import { moneySchema, nullableText, taxesSchema } from '#platform/http/schemas'

import type { OrderSource } from '../contract.ts'

/** One line for people to read: it goes on labels and into letters, so no control characters. */
const text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?!\\s*$)[^\\u0000-\\u001f\\u007f-\\u009f]+$' })

const terms = {
  email: Type.String({ format: 'email', maxLength: 254 }),
  shippingAddress: Type.Optional(
    Type.Object(
      {
        name: Type.Optional(text(200)),
        line1: text(200),
        line2: Type.Optional(text(200)),
        city: text(100),
        postalCode: Type.Optional(text(20)),
        country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' }),
        phone: Type.Optional(text(32)),
      },
      { description: 'Needed unless the buyer comes to the shop (`pickup`).' },
    ),
  ),
  deliveryMethod: text(32),
  paymentMethod: Type.String({ minLength: 1, maxLength: 32, description: 'Just now `card`.' }),
  expectedTotal: Type.Optional(
    Type.Object(
      {
        amount: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
        currency: Type.String({ pattern: '^[A-Z]{3}$' }),
      },
      {
        description:
          'Another total is refused with `pricing.changed`. A price is promised for 15 minutes; ' +
          'after them a raised one is charged only if the new total is named here.',
      },
    ),
  ),
}

const id = Type.String({ format: 'uuid' })
const quantity = Type.Integer({ minimum: 1, maximum: 10_000 })

/** A cart, or so many of one product: exactly one of the three. */
export const orderBody = Type.Union([
  Type.Object({ cartId: id, ...terms }),
  Type.Object({ productId: id, quantity, ...terms }),
  Type.Object({ sku: text(64), quantity, ...terms }),
])

export function sourceOf(body: Static<typeof orderBody>): OrderSource {
  if ('cartId' in body) return { cartId: body.cartId }
  if ('productId' in body) return { productId: body.productId, quantity: body.quantity }
  return { sku: body.sku, quantity: body.quantity }
}

const paymentStatus = Type.String({
  enum: [
    'pending',
    'processing',
    'succeeded',
    'declined',
    'cancelled',
    'partially-refunded',
    'refunded',
  ],
})

const order = {
  id: Type.String(),
  number: Type.String(),
  status: Type.String({
    enum: ['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'],
  }),
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
}

export const orderView = Type.Object(order)

export const placedOrder = Type.Object({
  ...order,
  payment: Type.Object({ id: Type.String(), status: paymentStatus }),
  token: Type.String({ description: 'Shown as `X-Order-Token` by guests.' }),
})

export const paymentView = Type.Object({
  id: Type.String(),
  orderId: Type.String(),
  userId: nullableText,
  amount: moneySchema,
  refunded: moneySchema,
  status: paymentStatus,
  method: Type.String(),
  transactionId: nullableText,
  action: Type.Optional(
    Type.Object(
      { url: Type.String() },
      { description: 'Where the buyer has to go before the money can move.' },
    ),
  ),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})
