import Type from 'typebox'

import { nullableText } from '#platform/http/schemas'

export const id = Type.String({ format: 'uuid' })

export const reason = Type.Enum([
  'changed-mind',
  'damaged',
  'not-as-described',
  'other',
  'wrong-item',
  'wrong-size',
])

export const state = Type.Enum(['requested', 'approved', 'declined', 'withdrawn'])

const sku = Type.String({ minLength: 1, maxLength: 64 })

/** Several lines, but no control characters beside their ends: people read it on screens. */
const words = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?!\\s*$)[^\\u0000-\\u0009\\u000b-\\u000c\\u000e-\\u001f\\u007f-\\u009f]+$',
    description: 'Plain text. It is never taken for HTML or Markdown.',
  })

export const newReturn = Type.Object({
  lines: Type.Array(Type.Object({ sku, quantity: Type.Integer({ minimum: 1, maximum: 10_000 }) }), {
    minItems: 1,
    maxItems: 200,
  }),
  reason,
  comment: Type.Optional(words(1_000)),
})

export const because = words(500)

export const days = Type.Integer({
  minimum: 14,
  maximum: 365,
  description:
    'Whole days after the hand-over, the day of which does not count. The law of the EU and of Ukraine gives 14; a shop may give more.',
})

export const returnView = Type.Object({
  id: Type.String(),
  number: Type.String(),
  orderId: Type.String(),
  orderNumber: Type.String(),
  state,
  reason,
  comment: nullableText,
  because: Type.Union([Type.String(), Type.Null()], {
    description: 'What the shop said when it declined.',
  }),
  lines: Type.Array(
    Type.Object({ sku: Type.String(), quantity: Type.Integer(), name: Type.String() }),
  ),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})

export const page = Type.Object({ items: Type.Array(returnView), next: nullableText })

export const returnsOfOrder = Type.Object({
  items: Type.Array(returnView),
  returnable: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() }), {
    description: 'Of each SKU so many may still be asked back; empty when nothing may be.',
  }),
  until: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'The last moment; null for an order that is neither paid nor handed over.',
  }),
  days: Type.Integer(),
})
