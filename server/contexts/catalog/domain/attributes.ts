import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  AttributeDefinition,
  AttributeValue,
  ProductDraft,
  ProductFacts,
} from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import type { AttributeDraft } from '../contract/drafts.ts'
import { isDayOfMonth } from './publication.ts'
import { isSame } from './same.ts'
import { textsOf, type ShopRules } from './texts.ts'

/** Definitions by code. */
export type Definitions = ReadonlyMap<string, AttributeDefinition>

export const MOST_ATTRIBUTES = 500
const LONGEST_TEXT = 1_000
const GREATEST = 1e12

/**
 * The attributes a draft states, each of the kind of its definition (GAP-14). Those that are as
 * before are not looked at again: a definition that went on must not stop an edit of a price.
 */
export function attributesOf(
  draft: ProductDraft['attributes'],
  definitions: Definitions,
  before: ProductFacts['attributes'] = {},
): Outcome<ProductFacts['attributes'], CatalogRefusal> {
  if (draft === undefined) return accept(before)
  const values: Record<string, AttributeValue> = {}
  for (const [code, value] of Object.entries(draft)) {
    if (Object.hasOwn(before, code) && isSame(before[code], value)) {
      values[code] = value
      continue
    }
    const definition = definitions.get(code)
    if (definition === undefined) {
      return refuse({ code: 'catalog.attribute-unknown', attribute: code })
    }
    const read = valueOf(definition, value)
    if (typeof read === 'object' && 'wrong' in read) {
      return refuse({ code: 'catalog.attribute-wrong', attribute: code, reason: read.wrong })
    }
    values[code] = read
  }
  return accept(values)
}

interface Wrong {
  readonly wrong: string
}

function valueOf(
  { kind, choices }: AttributeDefinition,
  value: AttributeValue,
): AttributeValue | Wrong {
  const isChoice = (code: unknown): boolean => choices.some((choice) => choice.code === code)
  switch (kind) {
    case 'text': {
      if (typeof value !== 'string') return { wrong: 'It is a text.' }
      const clean = value.normalize('NFC').trim()
      const fits = clean !== '' && clean.length <= LONGEST_TEXT
      return fits ? clean : { wrong: `A text has 1 to ${LONGEST_TEXT} characters.` }
    }
    case 'number':
      return typeof value === 'number' && Math.abs(value) <= GREATEST
        ? value
        : { wrong: 'It is a number, at most 10^12 either way.' }
    case 'boolean':
      return typeof value === 'boolean' ? value : { wrong: 'It is true or false.' }
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDayOfMonth(value)
        ? value
        : { wrong: 'It is a day of the form 2026-11-21.' }
    case 'choice':
      return typeof value === 'string' && isChoice(value)
        ? value
        : { wrong: 'It is the code of one of its choices.' }
    case 'choices':
      return Array.isArray(value) && value.length > 0 && value.every(isChoice)
        ? [...new Set(value as readonly string[])]
        : { wrong: 'It is a list of codes of its choices, at least one.' }
  }
}

/** The definition a draft states. Its kind stays, and so does every choice: products have them. */
export function definitionOf(
  draft: AttributeDraft,
  shop: ShopRules,
  before?: AttributeDefinition,
): Outcome<AttributeDefinition, CatalogRefusal> {
  const { code, kind, unit = null } = draft
  const fixed = (reason: string) =>
    refuse<CatalogRefusal>({ code: 'catalog.attribute-fixed', attribute: code, reason })
  if (before !== undefined && before.kind !== kind)
    return fixed(`It is of the kind ${before.kind}.`)

  const name = textsOf('name', draft.name, shop, before && { before: before.name })
  if (!name.ok) return name
  const choices: AttributeDefinition['choices'][number][] = []
  for (const { code: choice, name: words = choice } of draft.choices ?? []) {
    const known = before?.choices.find((each) => each.code === choice)
    const read = textsOf(choice, words, shop, known && { before: known.name })
    if (!read.ok) return read
    if (choices.some((each) => each.code === choice)) return fixed(`${choice} is there twice.`)
    choices.push({ code: choice, name: read.value })
  }
  const gone = before?.choices.find(({ code: each }) => !choices.some((c) => c.code === each))
  if (gone !== undefined) return fixed(`The choice ${gone.code} cannot be taken away.`)
  const hasChoices = kind === 'choice' || kind === 'choices'
  if (hasChoices !== choices.length > 0) {
    return fixed(hasChoices ? 'It needs choices.' : `The kind ${kind} has no choices.`)
  }

  const { isFacet = false, isSearched = false, audience = 'everyone' } = draft
  return accept({ code, kind, name: name.value, unit, choices, isFacet, isSearched, audience })
}
