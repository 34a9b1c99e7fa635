import { accept, refuse, type Outcome } from '#platform/outcome'

import type { SearchAsk, SearchRefusal } from '../contract.ts'
import type { Filter } from './find.ts'
import type { Values } from './values.ts'

/** `color:red,blue` or `weight:10..20`, `weight:10..`, `weight:..20`. */
const ATTRIBUTE = /^([A-Za-z][A-Za-z0-9_-]{0,63}):([^:;]{1,500})$/
const RANGE = /^(-?\d{1,12}(?:\.\d{1,6})?)?\.\.(-?\d{1,12}(?:\.\d{1,6})?)?$/

/** Attributes asked for at once. */
const MOST_ATTRIBUTES = 12

/** Values of one attribute asked for at once. */
const MOST_VALUES = 50

/** What a request is filtered by; refused where it names an attribute that is no facet of this shop. */
export function filtersOf(
  ask: Pick<SearchAsk, 'categories' | 'brands' | 'attributes'>,
  values: Values,
): Outcome<readonly Filter[], SearchRefusal> {
  const filters: Filter[] = []
  if (ask.categories.length > 0) {
    filters.push({ kind: 'category', code: 'category', values: ask.categories })
  }
  if (ask.brands.length > 0) filters.push({ kind: 'brand', code: 'brand', values: ask.brands })
  const named = new Set<string>()
  const parts = (ask.attributes ?? '').split(';').filter((part) => part !== '')
  for (const [place, part] of parts.entries()) {
    const filter = place < MOST_ATTRIBUTES ? attributeOf(part) : undefined
    if (filter === undefined) {
      return refuse({ code: 'search.filter-malformed', filter: part.slice(0, 100) })
    }
    const { code } = filter
    if (named.has(code)) return refuse({ code: 'search.facet-repeated', facet: code })
    named.add(code)
    if (values.facet('attribute', code) === undefined) {
      return refuse({ code: 'search.facet-unknown', facet: code })
    }
    filters.push(filter)
  }
  return accept(filters)
}

function attributeOf(part: string): Filter | undefined {
  const [, code, rest] = ATTRIBUTE.exec(part) ?? []
  if (code === undefined || rest === undefined) return undefined
  const range = RANGE.exec(rest)
  if (range !== null && rest !== '..') {
    const [, from, to] = range
    return {
      kind: 'attribute',
      code,
      values: [],
      ...(from === undefined ? {} : { from: Number(from) }),
      ...(to === undefined ? {} : { to: Number(to) }),
    }
  }
  const values = rest.split(',')
  return values.length > MOST_VALUES ? undefined : { kind: 'attribute', code, values }
}
