import Type from 'typebox'

export const money = Type.Object({ amount: Type.Integer(), currency: Type.String() })

export const paymentView = Type.Object({
  id: Type.String(),
  orderId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  amount: money,
  refunded: money,
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
  transactionId: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})

export const page = Type.Object({
  items: Type.Array(paymentView),
  next: Type.Union([Type.String(), Type.Null()]),
})

export const pageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  after: Type.Optional(
    Type.String({
      pattern: '^\\d{1,13}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      description: '`next` of the page before.',
    }),
  ),
})
