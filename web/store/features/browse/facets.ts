import { ATTRIBUTE } from './address.ts'

export interface FacetValue {
  readonly code: string
  readonly name: string
  readonly count: number
}

export interface OfferedValue extends FacetValue {
  readonly isChosen: boolean
}

export interface OfferedFacet {
  /** What the address calls it. */
  readonly name: string
  /** What people call it; null of brands, which every language has a word for. */
  readonly label: string | null
  readonly values: readonly OfferedValue[]
}

/** As a page shows it: what is chosen stands in its address. */
export interface Facet extends Omit<OfferedFacet, 'values'> {
  readonly values: readonly FacetValue[]
  /** How many there are in all. */
  readonly size: number
}

/** More make a page that nobody reads to its end. */
const MOST_FACETS = 9
const FIRST_VALUES = 10
/** A facet that so few of the products have narrows to something one did not look for. */
const LEAST_SHARE = 0.15

/**
 * Those that tell products of this list apart, each with the values that most of them have. What is chosen
 * is always there, or it could not be taken back.
 */
export function usefulFacets(
  facets: readonly OfferedFacet[],
  { total, whole }: { readonly total: number; readonly whole: readonly string[] },
): readonly Facet[] {
  const useful = facets.filter((facet) => isUseful(facet, total))
  const chosen = useful.filter(isChosen).length
  let room = Math.max(0, MOST_FACETS - chosen)
  return useful
    .filter((facet) => isChosen(facet) || (room -= 1) >= 0)
    .map(({ name, label, values }) => {
      const first = whole.includes(name) ? values : firstOf(values)
      const shown = inOrder(first).map(({ code, name: called, count }) => ({
        code,
        name: called,
        count,
      }))
      return { name, label, size: values.length, values: shown }
    })
}

/** Whether something is chosen that nothing has, under all other filters: it would be without a name. */
export function isMissing(facets: readonly OfferedFacet[], params: URLSearchParams): boolean {
  return [...params].some(
    ([name, code]) =>
      (name === 'brand' || name.startsWith(ATTRIBUTE)) &&
      code !== '' &&
      !facets.some(
        (facet) => facet.name === name && facet.values.some((each) => each.code === code),
      ),
  )
}

/** Facets with what is chosen and nothing has, by the names of the same list without filters. */
export function withChosen(
  facets: readonly OfferedFacet[],
  whole: readonly OfferedFacet[],
  params: URLSearchParams,
): readonly OfferedFacet[] {
  return whole.flatMap((facet) => {
    const { name, label } = facet
    const values = facets.find((each) => each.name === name)?.values ?? []
    const codes = new Set(params.getAll(name))
    for (const { code } of values) codes.delete(code)
    const missing = facet.values.filter(({ code }) => codes.has(code))
    const all = [...values, ...missing.map((value) => ({ ...value, count: 0, isChosen: true }))]
    return all.length === 0 ? [] : [{ name, label, values: all }]
  })
}

function isChosen({ values }: OfferedFacet): boolean {
  return values.some((value) => value.isChosen)
}

function isUseful(facet: OfferedFacet, total: number): boolean {
  if (isChosen(facet)) return true
  const { values } = facet
  const covered = values.reduce((sum, { count }) => sum + count, 0)
  const tellsApart = values.length > 1 || values.some(({ count }) => count < total)
  return tellsApart && covered >= total * LEAST_SHARE
}

/** Ten, and those that are chosen; one more rather than a link that shows one. */
function firstOf(values: readonly OfferedValue[]): readonly OfferedValue[] {
  if (values.length <= FIRST_VALUES + 1) return values
  return values.filter((value, place) => place < FIRST_VALUES || value.isChosen)
}

const LETTERS = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', 'XXXL']

/** Sizes grow; what has no size stays in the order of how much there is of it. */
function inOrder(values: readonly FacetValue[]): readonly FacetValue[] {
  const places = values.map(({ name }) => sizeOf(name))
  if (places.some((place) => place === undefined)) return values
  return values
    .map((value, index) => ({ value, place: places[index] as number }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value)
}

/** Letters come before numbers: they are of clothes, and those of shoes. */
function sizeOf(name: string): number | undefined {
  const letter = LETTERS.indexOf(name.toUpperCase())
  if (letter >= 0) return letter - 1000
  const number = /^-?\d+(?:[.,]\d+)?(?=$|[-–])/.exec(name)?.[0]
  return number === undefined ? undefined : Number(number.replace(',', '.'))
}
