import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'

/**
 * The demo's files as they are written: `options.json` for both shops, and for each shop a folder
 * with `shop.json` and `products/<category>.json`. An unknown or missing field is an error that
 * names the file, because a misspelt field would otherwise vanish in silence.
 */
const closed = { additionalProperties: false }

const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 })
const MinorUnits = Type.Integer({ minimum: 0 })
const Grams = Type.Integer({ minimum: 1 })

const TextFields = Type.Object(
  {
    uk: Type.String({ minLength: 1 }),
    ru: Type.String({ minLength: 1 }),
    en: Type.String({ minLength: 1 }),
  },
  closed,
)

const OptionsFile = Type.Record(
  Type.String(),
  Type.Object(
    { name: TextFields, values: Type.Optional(Type.Record(Type.String(), TextFields)) },
    closed,
  ),
)
export type OptionsFile = Static<typeof OptionsFile>

const AttributeKind = Type.Enum(['text', 'number', 'boolean', 'choice', 'choices', 'date'])

/** An attribute that products of the shop may have; the flags are false when absent. */
const WrittenAttribute = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]*$', maxLength: 40 }),
    kind: AttributeKind,
    name: TextFields,
    unit: Type.Optional(Type.String({ minLength: 1 })),
    choices: Type.Optional(
      Type.Array(Type.Object({ code: Type.String({ minLength: 1 }), name: TextFields }, closed)),
    ),
    isFacet: Type.Optional(Type.Boolean()),
    isSearched: Type.Optional(Type.Boolean()),
    audience: Type.Optional(Type.Enum(['everyone', 'staff'])),
  },
  closed,
)

const ShopFile = Type.Object(
  {
    slug: Slug,
    name: Type.String({ minLength: 1 }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    languages: Type.Array(Type.Enum(['uk', 'ru', 'en']), { minItems: 1 }),
    timeZone: Type.String({ minLength: 1 }),
    holdMinutes: Type.Integer({ minimum: 1 }),
    delivery: Type.Record(Type.String(), MinorUnits),
    warehouses: Type.Array(Type.Object({ code: Slug, name: TextFields }, closed)),
    brands: Type.Array(
      Type.Object({ slug: Slug, name: Type.String({ minLength: 1 }), story: TextFields }, closed),
    ),
    categories: Type.Array(
      Type.Object({ slug: Slug, parent: Type.Optional(Slug), name: TextFields }, closed),
    ),
    attributes: Type.Optional(Type.Array(WrittenAttribute)),
  },
  closed,
)
export type ShopFile = Static<typeof ShopFile>

const WrittenVariant = Type.Object(
  {
    sku: Type.String({ pattern: '^[A-Z0-9]+(-[A-Z0-9]+)*$', maxLength: 32 }),
    options: Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    /** The product's own when absent, like the weight. */
    price: Type.Optional(MinorUnits),
    weightGrams: Type.Optional(Grams),
    /** Units in the shop's warehouses, in their order; a bundle has none. */
    stock: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))),
    /** What a bundle is put together from: SKUs of products that stand before it. */
    components: Type.Optional(
      Type.Array(
        Type.Object({ sku: Type.String(), quantity: Type.Integer({ minimum: 1 }) }, closed),
        { minItems: 1 },
      ),
    ),
    pictures: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  },
  closed,
)
export type WrittenVariant = Static<typeof WrittenVariant>

const WrittenProduct = Type.Object(
  {
    slug: Slug,
    brand: Slug,
    /** What it is to the eye, and the color it is drawn in unless its variants have theirs. */
    kind: Slug,
    color: Slug,
    price: MinorUnits,
    weightGrams: Grams,
    name: TextFields,
    description: TextFields,
    variants: Type.Array(WrittenVariant, { minItems: 1 }),
    /** By code of one of the shop's attributes. */
    attributes: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([
          Type.String(),
          Type.Number(),
          Type.Boolean(),
          Type.Array(Type.String(), { minItems: 1 }),
        ]),
      ),
    ),
    pictures: Type.Optional(
      Type.Array(Type.Object({ asset: Type.String({ minLength: 1 }), alt: TextFields }, closed)),
    ),
    /** By slug of another product of the shop. */
    related: Type.Optional(
      Type.Array(
        Type.Object(
          { kind: Type.Enum(['similar', 'goes-with', 'instead']), product: Slug },
          closed,
        ),
      ),
    ),
    publication: Type.Optional(
      Type.Object(
        {
          status: Type.Optional(Type.Enum(['published', 'hidden'])),
          from: Type.Optional(Type.String()),
          until: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    seo: Type.Optional(
      Type.Object(
        { title: Type.Optional(TextFields), description: Type.Optional(TextFields) },
        closed,
      ),
    ),
    taxCategory: Type.Optional(Slug),
  },
  closed,
)
export type WrittenProduct = Static<typeof WrittenProduct>

const ProductsFile = Type.Array(WrittenProduct, { minItems: 1 })

/** One shop's files, each of the shape above; whether they agree is judged by `catalog.ts`. */
export interface ShopFolder {
  readonly shop: ShopFile
  /** By the category that names the file. */
  readonly products: ReadonlyMap<string, readonly WrittenProduct[]>
}

const here = import.meta.dirname

export function readOptions(): OptionsFile {
  return read(OptionsFile, join(here, 'options.json'))
}

/** What a shop is, without what it sells: all that a start needs to know once the demo is there. */
export function readShopFile(folder: string): ShopFile {
  return read(ShopFile, join(here, folder, 'shop.json'))
}

export function readShop(folder: string): ShopFolder {
  const products = new Map<string, readonly WrittenProduct[]>()
  const inside = join(here, folder, 'products')
  for (const file of readdirSync(inside)) {
    if (!file.endsWith('.json')) continue
    products.set(file.slice(0, -'.json'.length), read(ProductsFile, join(inside, file)))
  }
  return { shop: readShopFile(folder), products }
}

function read<S extends TSchema>(schema: S, path: string): Static<S> {
  return checked(schema, JSON.parse(readFileSync(path, 'utf8')), path)
}

/** The value as the schema's type; throws the first thing that is wrong with it, and where. */
function checked<S extends TSchema>(schema: S, value: unknown, source: string): Static<S> {
  if (Value.Check(schema, value)) return value
  const [first] = Value.Errors(schema, value)
  throw new Error(`${source}${first?.instancePath ?? ''} ${first?.message ?? 'is malformed'}.`)
}

/** For the test that watches the shapes refuse: a products file from memory. */
export function parseProducts(value: unknown, source: string): readonly WrittenProduct[] {
  return checked(ProductsFile, value, source)
}
