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
  action: Type.Optional(
    Type.Object(
      { url: Type.String() },
      { description: 'Where the buyer has to go before the money can move.' },
    ),
  ),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})

export const page = Type.Object({
  items: Type.Array(paymentView),
  next: nullableText,
})

const amount = Type.Integer({ description: 'Minor units of `currency`.' })

export const orderMoney = Type.Object({
  orderId: Type.String(),
  currency: Type.String(),
  total: amount,
  owed: amount,
  paid: amount,
  setAside: amount,
  refunded: amount,
  payments: Type.Array(
    Type.Object({
      id: Type.String(),
      status: paymentView.properties.status,
      paid: amount,
      setAside: amount,
    }),
  ),
  entries: Type.Array(
    Type.Object({
      at: Type.String({ format: 'date-time' }),
      what: Type.String({
        enum: ['owed', 'forgiven', 'paid', 'set-aside', 'released', 'given-back'],
      }),
      from: Type.String(),
      to: Type.String(),
      amount,
      paymentId: nullableText,
      cause: Type.String(),
    }),
  ),
})

export const waysView = Type.Object({
  provider: Type.Object({
    name: Type.String({ description: 'Who moves the money, as buyers know it.' }),
    isTest: Type.Boolean({ description: 'No money moves: the shop is only tried.' }),
  }),
  items: Type.Array(
    Type.Object({
      method: Type.String({ description: 'As orders and payments name it.' }),
      name: Type.String(),
      needsToken: Type.Boolean({
        description: 'Whether the form of the provider has to make a token for it first.',
      }),
    }),
  ),
})
