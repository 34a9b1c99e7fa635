/** The bodies that staff send; `ProductDraft` and its like in the contract. */
import { Type, type TSchema } from 'typebox'

import { Code, CODE, Kind, LANGUAGE, ProductId, RelatedKind, Sku, Slug, Status } from './schemas.ts'

/**
 * More than any price of a shop for sports: ten million hryvnias. A cart of 100 lines of 10,000 units
 * at this price is 10^15 minor units, so a total is always a safe integer.
 */
const MOST_MONEY = 1_000_000_000
const SWATCH = '^#[0-9a-f]{6}$'

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

const Asset = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]*$', maxLength: 100 })

const Components = Type.Array(
  Type.Object({ sku: Sku, quantity: Type.Integer({ minimum: 1, maximum: 1_000 }) }),
  { maxItems: 20, description: 'What a bundle is put together from; it has no stock of its own.' },
)

const Variants = Type.Array(
  Type.Object({
    sku: Sku,
    options: Type.Optional(Options),
    price: Type.Optional(Price),
    weightGrams: Type.Optional(Weight),
    components: Type.Optional(Components),
    pictures: Type.Optional(Type.Array(Asset, { maxItems: 30 })),
  }),
  { minItems: 1, maxItems: 100 },
)

const OptionGroups = Type.Array(
  Type.Object({
    code: Code,
    name: Type.Optional(text(1, 60)),
    values: Type.Array(
      Type.Object({
        code: Type.String({ minLength: 1, maxLength: 60 }),
        name: Type.Optional(text(1, 60)),
        swatch: Type.Optional(Type.Union([Type.String({ pattern: SWATCH }), Type.Null()])),
      }),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  { maxItems: 5, description: 'Made of the variants’ options when absent.' },
)

const Value = Type.Union([
  Type.String({ maxLength: 1_000 }),
  Type.Number({ minimum: -1e12, maximum: 1e12 }),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 }),
])

/** Values by code, of the kind of each one’s definition; in a patch, null takes one away. */
function attributes(value: TSchema): TSchema {
  return Type.Record(Type.String({ pattern: CODE, maxLength: 40 }), value, {
    maxProperties: 100,
    additionalProperties: false,
  })
}

const Pictures = Type.Array(Type.Object({ asset: Asset, alt: Type.Optional(text(0, 300)) }), {
  maxItems: 30,
})

const RelatedOnes = Type.Array(
  Type.Object({
    kind: RelatedKind,
    productId: ProductId,
  }),
  { maxItems: 50 },
)

const Time = Type.Union([Type.String({ minLength: 17, maxLength: 40 }), Type.Null()], {
  description: 'ISO 8601 with an offset; null for no limit.',
})
const TaxCategory = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40 })

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
  variants: Type.Optional(Variants),
  attributes: Type.Optional(attributes(Value)),
  optionGroups: Type.Optional(OptionGroups),
  pictures: Type.Optional(Pictures),
  related: Type.Optional(RelatedOnes),
  publication: Type.Optional(
    Type.Object({
      status: Type.Optional(Status),
      from: Type.Optional(Time),
      until: Type.Optional(Time),
    }),
  ),
  seo: Type.Optional(
    Type.Object({
      title: Type.Optional(text(0, 200)),
      description: Type.Optional(text(0, 500)),
    }),
  ),
  taxCategory: Type.Optional(Type.Union([TaxCategory, Type.Null()])),
})

/** A text, or some of its languages; null takes away. */
function patchText(minLength: number, maxLength: number): TSchema {
  const one = Type.String({ minLength, maxLength })
  const each = Type.Union([one, Type.Null()])
  return Type.Union([
    one,
    Type.Record(Type.String({ pattern: LANGUAGE }), each, {
      maxProperties: 20,
      additionalProperties: false,
    }),
    Type.Null(),
  ])
}

const orNull = (schema: TSchema): TSchema => Type.Optional(Type.Union([schema, Type.Null()]))

/** The body of `PATCH`: RFC 7396 over what `PUT` takes. */
export const ProductPatchBody = Type.Object({
  sku: Type.Optional(Sku),
  slug: Type.Optional(Slug),
  name: Type.Optional(patchText(1, 200)),
  description: Type.Optional(patchText(0, 10_000)),
  price: Type.Optional(Price),
  category: orNull(Slug),
  brand: orNull(Slug),
  weightGrams: Type.Optional(Weight),
  variants: Type.Optional(Variants),
  attributes: orNull(attributes(Type.Union([...Value.anyOf, Type.Null()]))),
  optionGroups: orNull(OptionGroups),
  pictures: orNull(Pictures),
  related: orNull(RelatedOnes),
  publication: orNull(
    Type.Object({ status: orNull(Status), from: Type.Optional(Time), until: Type.Optional(Time) }),
  ),
  seo: orNull(
    Type.Object({
      title: Type.Optional(patchText(0, 200)),
      description: Type.Optional(patchText(0, 500)),
    }),
  ),
  taxCategory: orNull(TaxCategory),
})

export const CategoryBody = Type.Object({
  slug: Slug,
  name: text(1, 200),
  parent: Type.Optional(Type.Union([Slug, Type.Null()])),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
})

/** `CategoryBody` without the slug, which the path names. */
export const CategorySetBody = Type.Omit(CategoryBody, ['slug'])

export const AttributeBody = Type.Object({
  kind: Kind,
  name: text(1, 100),
  unit: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 20 }), Type.Null()])),
  choices: Type.Optional(
    Type.Array(
      Type.Object({
        code: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$', maxLength: 60 }),
        name: Type.Optional(text(1, 100)),
      }),
      { maxItems: 500, description: 'Of the kinds `choice` and `choices`.' },
    ),
  ),
  isFacet: Type.Optional(Type.Boolean()),
  isSearched: Type.Optional(Type.Boolean()),
  audience: Type.Optional(
    Type.Union([Type.Literal('everyone'), Type.Literal('staff')], {
      description: '`staff`: a custom field that buyers never see.',
    }),
  ),
})

export const BrandBody = Type.Object({
  slug: Slug,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  story: Type.Optional(text(0, 2_000)),
})

export const BrandSetBody = Type.Omit(BrandBody, ['slug'])
