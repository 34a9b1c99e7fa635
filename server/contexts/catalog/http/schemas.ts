import { Type, type TSchema } from 'typebox'

import { moneySchema, nullableText } from '#platform/http/schemas'

export const LANGUAGE = '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$'

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
export const CODE = '^[A-Za-z][A-Za-z0-9_-]{0,39}$'
export const Code = Type.String({ pattern: CODE, maxLength: 40 })
export const RelatedKind = Type.Union([
  Type.Literal('similar'),
  Type.Literal('goes-with'),
  Type.Literal('instead'),
])
export const Kind = Type.Union([
  Type.Literal('text'),
  Type.Literal('number'),
  Type.Literal('boolean'),
  Type.Literal('choice'),
  Type.Literal('choices'),
  Type.Literal('date'),
])

export const Status = Type.Union([Type.Literal('published'), Type.Literal('hidden')])

export const Money = moneySchema
export const Nullable = nullableText
export const Texts = Type.Record(Type.String(), Type.String())

/** What a variant is chosen by, in words. */
export const Options = Type.Array(
  Type.Object({
    code: Type.String(),
    valueCode: Type.String(),
    name: Type.String(),
    value: Type.String(),
  }),
)

/** What others say of a product. */
export const SAID = {
  salePrice: Type.Union([Money, Type.Null()], {
    description: 'What the first variant costs everybody while it is on sale; null otherwise.',
  }),
  wasPrice: Type.Union([Money, Type.Null()], {
    description:
      'Beside a sale price: the lowest of the 30 days before the sale (Directive 98/6/EC, article 6a), if it was higher.',
  }),
  rating: Type.Union(
    [Type.Object({ average: Type.Number(), count: Type.Integer() }), Type.Null()],
    {
      description: 'Stars on average, of so many reviews; null while there are none.',
    },
  ),
}
/** As little of a product as a link to it needs. */
const Linked = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  price: Money,
  picture: Nullable,
})

const AnyValue = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String()),
])

export const Product = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  sku: Type.String({ description: 'Of the first variant.' }),
  name: Type.String(),
  description: Type.String(),
  price: Money,
  ...SAID,
  stock: Type.Integer({ description: 'Free units of all variants over all warehouses.' }),
  category: Nullable,
  brand: Nullable,
  variants: Type.Array(
    Type.Object({
      sku: Type.String(),
      options: Options,
      price: Money,
      stock: Type.Integer(),
      availability: Type.Union([
        Type.Literal('in-stock'),
        Type.Literal('low'),
        Type.Literal('out'),
        Type.Literal('preorder'),
      ]),
      weightGrams: Type.Union([Type.Integer(), Type.Null()]),
      components: Type.Array(Type.Object({ sku: Type.String(), quantity: Type.Integer() }), {
        description: 'What a bundle is put together from; empty for what has stock of its own.',
      }),
      pictures: Type.Array(Type.String(), { description: 'Assets that show this variant.' }),
    }),
  ),
  status: Type.Union([Type.Literal('active'), Type.Literal('archived')]),
  version: Type.Integer({ description: 'Counts changes; `ETag` begins with it.' }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  componentProducts: Type.Array(
    Type.Object({
      sku: Type.String(),
      options: Type.Array(Type.String(), { description: 'The words of its options.' }),
      product: Linked,
    }),
    { description: 'What the components of its bundles are; only what is on sale now.' },
  ),
  optionGroups: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      values: Type.Array(
        Type.Object({
          code: Type.String(),
          name: Type.String(),
          swatch: Nullable,
          goesWith: Type.Record(Type.String(), Type.Array(Type.String()), {
            description: 'By code of every other group: the values there is a variant with.',
          }),
        }),
      ),
    }),
  ),
  attributes: Type.Array(
    Type.Object({
      code: Type.String(),
      kind: Kind,
      name: Type.String(),
      unit: Nullable,
      value: AnyValue,
      words: Type.Array(Type.String(), { description: 'Of a choice, or of each of several.' }),
    }),
  ),
  pictures: Type.Array(Type.Object({ asset: Type.String(), alt: Type.String() }), {
    description:
      'By the id of the asset: `/media/{asset}/640.webp`. The first speaks for the product.',
  }),
  seo: Type.Object({ title: Type.String(), description: Type.String() }),
  texts: Type.Optional(
    Type.Object(
      {
        name: Texts,
        description: Texts,
        seo: Type.Object({ title: Texts, description: Texts }),
      },
      { description: 'Every language; for staff only.' },
    ),
  ),
  desk: Type.Optional(
    Type.Object(
      {
        publication: Type.Object({ status: Status, from: Nullable, until: Nullable }),
        taxCategory: Nullable,
        related: Type.Array(Type.Object({ kind: RelatedKind, productId: Type.String() })),
        isVisible: Type.Boolean({ description: 'Whether buyers see it now.' }),
      },
      { description: 'What buyers are not told; for staff only.' },
    ),
  ),
})

export const RelatedList = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: RelatedKind,
      direction: Type.Union([Type.Literal('to'), Type.Literal('from')], {
        description:
          '`to`: the product asked for names it. `from`: it names the product asked for.',
      }),
      product: Linked,
    }),
  ),
  next: Type.Null(),
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

export const CategoryDesk = Type.Object({
  slug: Type.String(),
  parent: Nullable,
  name: Texts,
  position: Type.Integer(),
  version: Type.Integer({ description: '`If-Match` compares it.' }),
})

export const BrandDesk = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  story: Texts,
  version: Type.Integer({ description: '`If-Match` compares it.' }),
})

export const AttributeDesk = Type.Object({
  code: Type.String(),
  kind: Kind,
  name: Texts,
  unit: Nullable,
  choices: Type.Array(Type.Object({ code: Type.String(), name: Texts })),
  isFacet: Type.Boolean(),
  isSearched: Type.Boolean(),
  audience: Type.Union([Type.Literal('everyone'), Type.Literal('staff')]),
  version: Type.Integer({ description: '`If-Match` compares it.' }),
})

export const Attribute = Type.Object({
  code: Type.String(),
  kind: Kind,
  name: Type.String(),
  unit: Nullable,
  choices: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  isFacet: Type.Boolean({ description: 'Whether lists can be filtered by it.' }),
})

export const Standing = Type.Union([
  Type.Literal('active'),
  Type.Literal('hidden'),
  Type.Literal('archived'),
])

export const ProductDesk = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  name: Texts,
  skus: Type.Array(Type.String()),
  category: Nullable,
  brand: Nullable,
  standing: Standing,
  isVisible: Type.Boolean({ description: 'Whether buyers see it now.' }),
  visibleFrom: Nullable,
  visibleUntil: Nullable,
  version: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
})

export function page(item: TSchema): TSchema {
  return Type.Object({ items: Type.Array(item), next: Nullable })
}
