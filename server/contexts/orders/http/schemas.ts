import Type from 'typebox'

export const money = Type.Object({ amount: Type.Integer(), currency: Type.String() })

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
  userId: Type.Union([Type.String(), Type.Null()]),
  lines: Type.Array(
    Type.Object({
      sku: Type.String(),
      productId: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      unitPrice: money,
      discount: money,
      tax: money,
      total: money,
    }),
  ),
  items: money,
  discount: money,
  tax: money,
  delivery: money,
  total: money,
  deliveryMethod: Type.String(),
  paymentMethod: Type.String(),
  paymentId: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
  email: Type.Optional(Type.String()),
  shippingAddress: Type.Optional(address),
})

export const summary = Type.Object({
  id: Type.String(),
  number: Type.String(),
  status,
  total: money,
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})
