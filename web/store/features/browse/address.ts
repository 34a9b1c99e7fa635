/**
 * What a list shows, as its address says it: `q`, `category`, `brand`, `f.color` (any attribute), `min` and
 * `max` (in whole money), `sort`, `after` (the page), `all` (facets shown with all their values). It is what a
 * form sends without JavaScript, so empty fields mean nothing.
 */
export const ATTRIBUTE = 'f.'

export const SORTS = ['relevance', 'newest', 'price-up', 'price-down'] as const
export type Sort = (typeof SORTS)[number]

/** How many products a page has: whole rows of two, three and four. */
const PAGE = 24

/** What only says how the list is looked at; a change of filters leaves the page behind. */
const PLACES = new Set(['after', 'all'])
/** What is no filter: without it the same products are there. */
const VIEWS = new Set(['q', 'sort', ...PLACES])

/** As short as can be, in an order of its own, so that one list has one address. */
export function tidied(params: URLSearchParams): URLSearchParams {
  const kept = [...params].filter(([name, value]) => value.trim() !== '' && name !== 'after')
  const unique = new Map(kept.map(([name, value]) => [`${name}=${value}`, [name, value] as const]))
  const sorted = [...unique.values()].sort(
    ([one, first], [other, second]) =>
      rank(one) - rank(other) || order(one + first, other + second),
  )
  return new URLSearchParams(sorted.map(([name, value]) => [name, value]))
}

function rank(name: string): number {
  return name === 'q' ? 0 : PLACES.has(name) ? 2 : 1
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Without a filter, or without one value of it; from the first page on. */
export function without(params: URLSearchParams, name: string, value?: string): URLSearchParams {
  const left = new URLSearchParams(params)
  if (value === undefined) left.delete(name)
  else left.delete(name, value)
  return tidied(left)
}

/** With one value of what can have only one. */
export function having(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(params)
  changed.set(name, value)
  return tidied(changed)
}

/** With one value more of what can have several. */
export function adding(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(params)
  changed.append(name, value)
  return tidied(changed)
}

/** The page that follows another. */
export function following(params: URLSearchParams, after: string): URLSearchParams {
  const next = tidied(params)
  next.set('after', after)
  return next
}

/** Nothing but what was sought. */
export function unfiltered(params: URLSearchParams): URLSearchParams {
  const left = [...params].filter(([name]) => name === 'q' || name === 'sort')
  return tidied(new URLSearchParams(left))
}

/** Every filter that is chosen, as it stands in the address. */
export function filtersIn(params: URLSearchParams): readonly (readonly [string, string])[] {
  return [...tidied(params)].filter(([name]) => !VIEWS.has(name))
}

/** `?…`, or the path itself: an empty link would lead to where one is. */
export function linkOf(path: string, params: URLSearchParams): string {
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

/** As the API is asked; `digits` are those of the shop's currency. */
export function askedBy(params: URLSearchParams, digits: number) {
  const text = (params.get('q') ?? '').trim().slice(0, 1000)
  const brands = params.getAll('brand').filter((brand) => brand !== '')
  const category = params.get('category') ?? ''
  const attributes = attributesIn(params)
  const minPrice = amountOf(params.get('min'), digits)
  const maxPrice = amountOf(params.get('max'), digits)
  const after = params.get('after') ?? ''
  return {
    sort: sortIn(params),
    limit: PAGE,
    personal: false,
    ...(text === '' ? {} : { q: text }),
    ...(brands.length === 0 ? {} : { brand: brands.join(',') }),
    ...(category === '' ? {} : { category }),
    ...(attributes === '' ? {} : { attributes }),
    ...(minPrice === undefined ? {} : { minPrice }),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    ...(after === '' ? {} : { after }),
  }
}

/** What was sought stands in the order of its likeness, anything else in that of its age. */
export function sortIn(params: URLSearchParams): Sort {
  const named = SORTS.find((sort) => sort === params.get('sort'))
  const isSought = (params.get('q') ?? '').trim() !== ''
  if (named === undefined) return isSought ? 'relevance' : 'newest'
  return named === 'relevance' && !isSought ? 'newest' : named
}

function attributesIn(params: URLSearchParams): string {
  const codes = [...new Set([...params.keys()].filter((name) => name.startsWith(ATTRIBUTE)))]
  return codes
    .map((name) => {
      const values = params.getAll(name).filter((value) => value !== '')
      return values.length === 0 ? '' : `${name.slice(ATTRIBUTE.length)}:${values.join(',')}`
    })
    .filter((part) => part !== '')
    .join(';')
}

function amountOf(text: string | null, digits: number): number | undefined {
  if (text === null || text.trim() === '') return undefined
  const amount = Math.round(Number(text.replace(',', '.')) * 10 ** digits)
  return Number.isSafeInteger(amount) && amount >= 0 && amount <= 1e12 ? amount : undefined
}
