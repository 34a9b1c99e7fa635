import Type from 'typebox'

import { moneySchema, nullableText } from '#platform/http/schemas'

export const paymentView = Type.Object({
  id: Type.String(),
  orderId: Type.String(),
  userId: nullableText,
  amount: moneySchema,
  refunded: moneySchema,
  status: Type.String({
    enum: [
      'pending',
      'processing',
      'succeeded',
      'declined',
      'cancelled',
      'partially-refunded',
      'refunded',
    ],
  }),
  method: Type.String(),
  transactionId: nullableText,
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})

export const page = Type.Object({
  items: Type.Array(paymentView),
  next: nullableText,
})
