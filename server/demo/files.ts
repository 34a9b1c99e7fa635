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
    /** Units in the shop's warehouses, in their order. */
    stock: Type.Array(Type.Integer({ minimum: 0 })),
  },
  closed,
)
export type WrittenVariant = Static<typeof WrittenVariant>

const WrittenProduct = Type.Object(
  {
    slug: Slug,
    brand: Slug,
    price: MinorUnits,
    weightGrams: Grams,
    name: TextFields,
    description: TextFields,
    variants: Type.Array(WrittenVariant, { minItems: 1 }),
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

export function readShop(folder: string): ShopFolder {
  const products = new Map<string, readonly WrittenProduct[]>()
  const inside = join(here, folder, 'products')
  for (const file of readdirSync(inside)) {
    if (!file.endsWith('.json')) continue
    products.set(file.slice(0, -'.json'.length), read(ProductsFile, join(inside, file)))
  }
  return { shop: read(ShopFile, join(here, folder, 'shop.json')), products }
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
