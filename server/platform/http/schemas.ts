/** Shapes that many routes share. */
import Type from 'typebox'

import { PLACE_PATTERN } from '../keyset.ts'
import type { Access } from './route.ts'

/** Minor units of a currency. */
export const moneySchema = Type.Object({ amount: Type.Integer(), currency: Type.String() })

export const nullableText = Type.Union([Type.String(), Type.Null()])

/** The tax that is in an amount, or on it. */
export const taxesSchema = Type.Object({
  areIncluded: Type.Boolean({ description: 'Whether prices include tax; else it is added.' }),
  zone: nullableText,
  source: Type.Enum(['none', 'own', 'outside', 'own-instead'], {
    description:
      'Whose rates these are. `own-instead`: the shop’s, for its tax provider was silent. ' +
      '`none`: no rates are configured, so tax is zero.',
  }),
  rates: Type.Array(
    Type.Object({
      name: Type.String(),
      partsPerMillion: Type.Integer(),
      net: moneySchema,
      tax: moneySchema,
    }),
    { description: 'As an invoice shows it: nets and taxes add up to the total.' },
  ),
})

/** `limit` and `after` of a list. */
export const pageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  after: Type.Optional(
    Type.String({ pattern: PLACE_PATTERN, description: '`next` of the page before.' }),
  ),
})

/** Of what belongs to an order: for its buyer, whoever shows its token, and who runs the shop. */
export const orderAccess: Access = {
  who: 'anyone',
  whose: 'bearer',
  by: 'order-token',
  besides: ['staff', 'admin'],
}

/** How a guest shows that an order is the own one. */
export const orderTokenHeader = {
  'X-Order-Token': 'The `token` of the order, for who is not signed in as its buyer.',
}
