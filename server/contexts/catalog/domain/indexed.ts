import type {
  AttributeDefinition,
  AttributeValue,
  IndexedAttribute,
  IndexedProduct,
  ProductFacts,
  Texts,
  Variant,
} from '../contract.ts'

type Value = IndexedAttribute['values'][number]

const DAY_MS = 86_400_000

/** A category and all above it, the root first. */
export function pathOf(
  slug: string | null,
  categories: ReadonlyMap<string, { slug: string; name: Texts; parent: string | null }>,
): IndexedProduct['categoryPath'] {
  const path: { readonly slug: string; readonly name: Texts }[] = []
  let place = slug === null ? undefined : categories.get(slug)
  // No tree is deeper than its categories; one that was torn by hand must not hang whoever reads it.
  while (place !== undefined && path.length <= categories.size) {
    path.unshift({ slug: place.slug, name: place.name })
    place = place.parent === null ? undefined : categories.get(place.parent)
  }
  return path
}

/**
 * What buyers may look for: attributes for everyone, then the options of variants as choices. An
 * option of an attribute's code adds its values to that attribute.
 */
export function attributesIndexed(
  attributes: ProductFacts['attributes'],
  variants: readonly Pick<Variant, 'options'>[],
  definitions: ReadonlyMap<string, AttributeDefinition>,
): readonly IndexedAttribute[] {
  const found = new Map<string, IndexedAttribute>()
  for (const [code, value] of Object.entries(attributes)) {
    const definition = definitions.get(code)
    if (definition === undefined || definition.audience === 'staff') continue
    const { name, kind, isFacet, isSearched } = definition
    const values = valuesOf(value, definition)
    found.set(code, { code, name, kind, values, isFacet, isSearched })
  }
  for (const { code, valueCode, name, value } of variants.flatMap(({ options }) => options)) {
    const definition = definitions.get(code) ?? { name, isFacet: true, isSearched: true }
    const { isFacet, isSearched } = definition
    const fresh = {
      code,
      name: definition.name,
      kind: 'choice',
      values: [],
      isFacet,
      isSearched,
    } as const
    const known: IndexedAttribute = found.get(code) ?? fresh
    if (known.values.some((each) => each.code === valueCode)) continue
    const values = [...known.values, { code: valueCode, number: null, label: value }]
    const kind = values.length > 1 ? 'choices' : 'choice'
    found.set(code, { ...known, kind, values })
  }
  return [...found.values()]
}

/** Values without words of their own are the same in every language: their label is under `''`. */
function valuesOf(value: AttributeValue, { kind, choices }: AttributeDefinition): readonly Value[] {
  if (kind === 'choice' || kind === 'choices') {
    return [value].flat().map((each): Value => {
      const code = String(each)
      const label = choices.find((choice) => choice.code === code)?.name ?? { '': code }
      return { code, number: null, label }
    })
  }
  const code = String(value)
  const number =
    typeof value === 'number' ? value : kind === 'date' ? Date.parse(code) / DAY_MS : null
  return [{ code, number, label: { '': code } }]
}
