/**
 * The judged queries (SRC-01 … SRC-05): what shoppers type, and which products of the demo answer
 * it. They were written before any ranking existed. A judgment is a list of alternatives, each a
 * line of conditions that all hold, so that it stays true while the demo grows:
 * `kind:sneaker color:black`. Kinds of things are patterns over names, in `kinds.json`.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

export interface JudgedQuery {
  readonly id: string
  readonly shop: string
  readonly language: 'uk' | 'ru' | 'en'
  readonly text: string
  readonly kind: string
  /** None: nothing must be found. */
  readonly relevant: readonly string[]
}

/** The facts of a product that judgments speak of. */
export interface JudgedProduct {
  readonly slug: string
  readonly brand: string
  /** Its category and those above. */
  readonly categories: readonly string[]
  readonly name: Readonly<Record<string, string>>
  readonly options: readonly Readonly<Record<string, string>>[]
  readonly attributes: Readonly<Record<string, unknown>>
}

interface Written {
  readonly slug: string
  readonly brand: string
  readonly category?: string
  readonly name: Readonly<Record<string, string>>
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly publication?: { readonly status?: string; readonly from?: string | null }
  readonly variants: readonly {
    readonly options?: Readonly<Record<string, string>>
    readonly stock?: readonly number[]
    readonly components?: readonly unknown[]
  }[]
}
interface WrittenShop {
  readonly categories: readonly { readonly slug: string; readonly parent?: string }[]
}

const demo = new URL('../../server/demo/', import.meta.url)

function read(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

export const QUERIES = read(new URL('./queries.json', import.meta.url)) as readonly JudgedQuery[]
export const KINDS = read(new URL('./kinds.json', import.meta.url)) as Readonly<
  Record<string, { readonly language: string; readonly name: string }>
>

/** The products of one demo shop that a shopper can find: published, and not sold out. */
export function judgedProducts(shop: string): readonly JudgedProduct[] {
  const { categories } = read(new URL(`${shop}/shop.json`, demo)) as WrittenShop
  const parentOf = new Map(categories.map(({ slug, parent }) => [slug, parent]))
  const folder = new URL(`${shop}/products/`, demo)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      (read(new URL(file, folder)) as readonly Written[])
        .filter(isFound)
        .map((product): JudgedProduct => ({
          slug: product.slug,
          brand: product.brand,
          categories: above(product.category ?? file.slice(0, -'.json'.length), parentOf),
          name: product.name,
          options: product.variants.map(({ options }) => options ?? {}),
          attributes: product.attributes ?? {},
        })),
    )
}

function isFound(product: Written): boolean {
  if (product.publication?.status === 'hidden') return false
  if ((product.publication?.from ?? '') > new Date().toISOString()) return false
  return product.variants.some(
    ({ stock, components }) =>
      (components ?? []).length > 0 || (stock ?? []).some((units) => units > 0),
  )
}

function above(category: string, parentOf: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = []
  let at: string | undefined = category
  while (at !== undefined && !path.includes(at)) {
    path.push(at)
    at = parentOf.get(at)
  }
  return path
}

/** The slugs that answer a query. */
export function relevantSlugs(
  query: JudgedQuery,
  products: readonly JudgedProduct[],
): ReadonlySet<string> {
  const rules = query.relevant.map((line) => line.split(' '))
  return new Set(
    products
      .filter((product) =>
        rules.some((rule) => rule.every((condition) => holds(condition, product))),
      )
      .map(({ slug }) => slug),
  )
}

/** Throws at a condition nobody knows, so that a misspelt judgment is seen. */
export function holds(condition: string, product: JudgedProduct): boolean {
  const [subject = '', value = ''] = condition.split(/:(.*)/s)
  switch (subject) {
    case 'slug':
      return product.slug === value
    case 'brand':
      return product.brand === value
    case 'category':
      return product.categories.includes(value)
    case 'kind': {
      const kind = KINDS[value]
      if (kind === undefined) throw new Error(`No kind ${value}.`)
      return new RegExp(kind.name, 'iu').test(product.name[kind.language] ?? '')
    }
    case 'color':
      return holds(`option:color=${value}`, product) || product.attributes['color'] === value
    case 'option': {
      const [name = '', wanted = ''] = value.split('=')
      return product.options.some((options) => options[name] === wanted)
    }
    default:
      throw new Error(`No condition ${condition}.`)
  }
}

/** Every third query is held out: ranking is never tuned by it. Decided by its id alone. */
export function isHeldOut(query: JudgedQuery): boolean {
  return createHash('sha256').update(query.id).digest().readUInt32BE(0) % 3 === 0
}
