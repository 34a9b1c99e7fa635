import { Type, type TSchema } from 'typebox'

/**
 * More than any price of a shop for sports: ten million hryvnias. A cart of 100 lines of 10,000 units
 * at this price is 10^15 minor units, so a total is always a safe integer.
 */
const MOST_MONEY = 1_000_000_000
const LANGUAGE = '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$'

export const Lang = Type.String({
  pattern: LANGUAGE,
  maxLength: 35,
  description: 'One of the shop’s languages; otherwise `Accept-Language` decides.',
})
export const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 })
export const Sku = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', maxLength: 64 })
export const ProductId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
})
const Code = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]*$', maxLength: 40 })

const Price = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: MOST_MONEY, description: 'Minor units.' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  { description: 'In the currency of the shop.' },
)

/** A text, plain or by language. */
function text(minLength: number, maxLength: number): TSchema {
  const one = Type.String({ minLength, maxLength })
  return Type.Union([
    one,
    Type.Record(Type.String({ pattern: LANGUAGE }), one, {
      minProperties: 1,
      maxProperties: 20,
      additionalProperties: false,
    }),
  ])
}

const Weight = Type.Union([Type.Integer({ minimum: 1, maximum: 10_000_000 }), Type.Null()])

const Options = Type.Array(
  Type.Object({
    code: Code,
    valueCode: Type.String({ minLength: 1, maxLength: 60 }),
    name: Type.Optional(text(1, 60)),
    value: Type.Optional(text(1, 60)),
  }),
  { maxItems: 5 },
)

/** The body of `POST` and `PUT`; `ProductDraft` in the contract. */
export const ProductBody = Type.Object({
  sku: Type.Optional(Sku),
  slug: Type.Optional(Slug),
  name: text(1, 200),
  description: Type.Optional(text(0, 10_000)),
  price: Type.Optional(Price),
  category: Type.Optional(Type.Union([Slug, Type.Null()])),
  brand: Type.Optional(Type.Union([Slug, Type.Null()])),
  weightGrams: Type.Optional(Weight),
  variants: Type.Optional(
    Type.Array(
      Type.Object({
        sku: Sku,
        options: Type.Optional(Options),
        price: Type.Optional(Price),
        weightGrams: Type.Optional(Weight),
      }),
      { minItems: 1, maxItems: 100 },
    ),
  ),
})

export const CategoryBody = Type.Object({
  slug: Slug,
  name: text(1, 200),
  parent: Type.Optional(Type.Union([Slug, Type.Null()])),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
})

export const BrandBody = Type.Object({
  slug: Slug,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  story: Type.Optional(text(0, 2_000)),
})

const Money = Type.Object({ amount: Type.Integer(), currency: Type.String() })
const Nullable = Type.Union([Type.String(), Type.Null()])
const Texts = Type.Record(Type.String(), Type.String())

export const Product = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  sku: Type.String({ description: 'Of the first variant.' }),
  name: Type.String(),
  description: Type.String(),
  price: Money,
  stock: Type.Integer({ description: 'Free units of all variants over all warehouses.' }),
  category: Nullable,
  brand: Nullable,
  variants: Type.Array(
    Type.Object({
      sku: Type.String(),
      options: Type.Array(
        Type.Object({
          code: Type.String(),
          valueCode: Type.String(),
          name: Type.String(),
          value: Type.String(),
        }),
      ),
      price: Money,
      stock: Type.Integer(),
      weightGrams: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
  status: Type.Union([Type.Literal('active'), Type.Literal('archived')]),
  version: Type.Integer({ description: 'Counts changes; `ETag` begins with it.' }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  texts: Type.Optional(
    Type.Object(
      { name: Texts, description: Texts },
      { description: 'Every language; for staff only.' },
    ),
  ),
})

export const Category = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  parent: Nullable,
})

export const Brand = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  story: Type.String(),
})

export function page(item: TSchema): TSchema {
  return Type.Object({ items: Type.Array(item), next: Nullable })
}
