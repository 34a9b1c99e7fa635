import Type from 'typebox'

/** Of rules and tax categories: they stand in addresses and in orders. */
export const code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 })
export const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' })
export const sku = Type.String({ minLength: 1, maxLength: 64 })
export const country = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'ISO 3166-1 alpha-2.',
})

/** As dear as a product may be; totals of carts stay safe integers. */
export const MOST = 1_000_000_000

const name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()])
const instant = Type.String({ format: 'date-time', maxLength: 40 })
const times = { from: orNull(instant), until: orNull(instant) }

const group = Type.Object({ kind: Type.Literal('group'), name })
const market = Type.Object({
  kind: Type.Literal('market'),
  name,
  countries: Type.Array(country, { minItems: 1, maxItems: 250 }),
  currency,
  languages: Type.Array(Type.String({ minLength: 2, maxLength: 35 }), {
    minItems: 1,
    maxItems: 20,
  }),
  doPricesIncludeTax: orNull(Type.Boolean()),
})
const specialList = Type.Object({
  kind: Type.Literal('special-list'),
  name,
  currency,
  group: orNull(code),
  market: orNull(code),
  ...times,
  isSale: Type.Boolean({ description: 'Shown with the price before.' }),
})
const zone = Type.Object({
  kind: Type.Literal('zone'),
  name,
  places: Type.Array(
    Type.Object({
      country,
      postalPrefixes: Type.Array(Type.String({ pattern: '^[0-9A-Z]{1,10}$' }), {
        maxItems: 100,
        description: 'Without blanks; the longest that fits wins. Empty: the whole country.',
      }),
    }),
    { minItems: 1, maxItems: 250 },
  ),
})
const rate = Type.Object({
  kind: Type.Literal('rate'),
  name,
  zone: code,
  category: code,
  partsPerMillion: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: '200000 is 20 %.',
  }),
  ...times,
})
const tax = Type.Object({
  kind: Type.Literal('tax'),
  doPricesIncludeTax: Type.Boolean(),
  rounding: Type.Enum(['half-up', 'half-even']),
  homeCountry: country,
  rates: Type.Enum(['own', 'outside']),
})

const KINDS = ['group', 'market', 'special-list', 'zone', 'rate', 'tax'] as const
export const kind = Type.Enum([...KINDS])
/** Kind and code, as a rule stands in an address. */
export const ruleName = Type.String({
  pattern: `^(${KINDS.join('|')})\\.[a-z0-9]+(-[a-z0-9]+)*$`,
  maxLength: 80,
  description: 'Kind and code: `special-list.black-friday`.',
})
export const ruleBody = Type.Union([group, market, specialList, zone, rate, tax])

const coded = { code: Type.String() }
/** The same with the code, as they are answered. */
const rule = Type.Union([
  Type.Object({ ...coded, ...group.properties }),
  Type.Object({ ...coded, ...market.properties }),
  Type.Object({ ...coded, ...specialList.properties }),
  Type.Object({ ...coded, ...zone.properties }),
  Type.Object({ ...coded, ...rate.properties }),
  Type.Object({ ...coded, ...tax.properties }),
])
export const ruleView = Type.Object({ rule, version: Type.Integer() })

export const tiers = Type.Array(
  Type.Object({
    fromQuantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
    amount: Type.Integer({ minimum: 1, maximum: MOST, description: 'Minor units.' }),
  }),
  { minItems: 1, maxItems: 20 },
)
export const special = Type.Object({ list: Type.String(), sku: Type.String(), tiers })

/** `limit` of a list that goes on behind a code or a SKU. */
export const pageSize = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 }))
