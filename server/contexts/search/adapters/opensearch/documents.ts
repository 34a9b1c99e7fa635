import { createHash } from 'node:crypto'

import type { TenantId } from '#platform/ids'

import type { EntryNow } from '../../domain/engine.ts'
import { FIELDS, shownOf, type Entry, type Texts } from '../../domain/entry.ts'
import { distinctTrigrams } from '../../domain/lexicon.ts'
import type { FacetKind, Values } from '../../domain/values.ts'
import type { Json } from './calls.ts'

/** A document of an index, with the name it replaces its predecessor by. */
export interface Document {
  readonly index: 'products' | 'lexicon'
  readonly name: string
  readonly source: Json
}

/** A value of a facet as the lexicon has it. */
export interface KeptValue {
  readonly kind: FacetKind
  readonly code: string
  readonly facetName: Texts
  readonly value: string
  readonly label: Texts
  readonly number: number | null
}

/** How a value of a facet is written in `values`: no code of an attribute has a slash. */
export function facetKey(kind: FacetKind, facet: string, value: string): string {
  return kind === 'attribute' ? `a/${facet}/${value}` : `${kind[0]}/${value}`
}

/** The number of the value that was written so; undefined when it is not known. */
export function numberOfKey(values: Values, key: string): number | undefined {
  const [, kind, rest = ''] = /^([abc])\/(.*)$/s.exec(key) ?? []
  const cut = kind === 'a' ? rest.indexOf('/') : -1
  const facet =
    kind === 'a'
      ? values.facet('attribute', rest.slice(0, cut))
      : kind === 'b'
        ? values.facet('brand', 'brand')
        : values.facet('category', 'category')
  return facet === undefined ? undefined : values.numberOf(facet, rest.slice(cut + 1))
}

/** What a product is found by; one that is not to be found keeps its name and its round. */
export function productDocument(
  tenant: TenantId,
  { id, isAvailable }: EntryNow,
  entry: Entry | undefined,
): Document {
  const common = { tenant, id, isThere: entry !== undefined && isAvailable }
  const source = entry === undefined ? common : { ...common, ...foundBy(entry) }
  return { index: 'products', name: `${tenant}/${id}`, source }
}

function foundBy(entry: Entry): Json {
  const { terms, words } = entry
  const values = new Set(valuesOf(entry).map((each) => facetKey(each.kind, each.code, each.value)))
  return {
    minPrice: entry.minPrice,
    rated: entry.rated ?? 0,
    createdAt: entry.createdAt,
    visibleFrom: entry.visibleFrom ?? 0,
    visibleUntil: entry.visibleUntil ?? Number.MAX_SAFE_INTEGER,
    ...terms,
    terms: [...new Set(FIELDS.flatMap((field) => terms[field]))],
    values: [...values],
    words: Object.entries(words).flatMap(([language, all]) =>
      all.map((word) => `${language} ${word}`),
    ),
    allWords: [...new Set(Object.values(words).flat())],
    shown: shownOf(entry),
  }
}

/** The values a product has, as the built-in index takes them. */
export function valuesOf(entry: Entry): readonly KeptValue[] {
  const found: KeptValue[] = entry.categories.map(({ slug, name }) => ({
    kind: 'category',
    code: 'category',
    facetName: {},
    value: slug,
    label: name,
    number: null,
  }))
  const { brand } = entry
  if (brand !== null) {
    found.push({
      kind: 'brand',
      code: 'brand',
      facetName: {},
      value: brand.slug,
      label: { '': brand.name },
      number: null,
    })
  }
  for (const { code, name, values } of entry.attributes) {
    for (const { code: value, label, number } of values) {
      found.push({ kind: 'attribute', code, facetName: name, value, label, number })
    }
  }
  return found
}

export function valueDocument(tenant: TenantId, value: KeptValue): Document {
  const key = facetKey(value.kind, value.code, value.value)
  return {
    index: 'lexicon',
    name: nameOf(tenant, 'value', key),
    source: { tenant, what: 'value', word: key, value },
  }
}

export function wordDocument(tenant: TenantId, word: string): Document {
  return {
    index: 'lexicon',
    name: nameOf(tenant, 'word', word),
    source: {
      tenant,
      what: 'word',
      word,
      length: word.length,
      trigrams: distinctTrigrams(word),
    },
  }
}

/** A name may have 512 bytes, and what shops write is longer. */
function nameOf(tenant: TenantId, what: string, text: string): string {
  return `${tenant}/${what}/${createHash('sha256').update(text).digest('base64url')}`
}
