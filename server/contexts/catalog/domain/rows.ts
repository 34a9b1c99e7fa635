import type { OptionDraft, OptionGroup, ProductFacts, VariantDraft } from '../contract.ts'
import { madeOf } from './option-groups.ts'
import { isSame } from './same.ts'

/** What rows say of variants, as members of a patch: nothing when they say nothing. */
export function withVariants(
  before: ProductFacts,
  rows: readonly VariantDraft[],
): {
  readonly variants?: readonly VariantDraft[]
  readonly optionGroups?: readonly OptionGroupDraft[]
} {
  if (rows.length === 0) return {}
  const bySku = new Map<string, VariantDraft>(before.variants.map((each) => [each.sku, each]))
  for (const { options, ...variant } of rows) {
    const known = bySku.get(variant.sku)
    const chosen =
      options === undefined ? {} : { options: merged(before, known?.options ?? [], options) }
    bySku.set(variant.sku, { ...known, ...variant, ...chosen })
  }
  const variants = [...bySku.values()]
  // Groups that variants make follow them; those that somebody stated keep their order and their
  // values, also the ones that no variant has.
  const isMade = isSame(madeOf(before.variants, before.optionGroups), before.optionGroups)
  return isMade ? { variants } : { variants, optionGroups: grown(before.optionGroups, variants) }
}

interface OptionGroupDraft extends Pick<OptionGroup, 'code' | 'name'> {
  readonly values: readonly (OptionGroup['values'][number] | { readonly code: string })[]
}

/** Choices stay in their order, and in the words the product has for them; new ones follow. */
function merged(
  { optionGroups }: ProductFacts,
  known: readonly OptionDraft[],
  said: readonly OptionDraft[],
): readonly OptionDraft[] {
  const worded = said.map((option): OptionDraft => {
    const { code, valueCode } = option
    const before = known.find((each) => each.code === code && each.valueCode === valueCode)
    if (before !== undefined) return before
    const group = optionGroups.find((each) => each.code === code)
    const value = group?.values.find((each) => each.code === valueCode)
    return {
      ...(group === undefined ? {} : { name: group.name }),
      ...(value === undefined ? {} : { value: value.name }),
      ...option,
    }
  })
  const stay = known.map((each) => worded.find(({ code }) => code === each.code) ?? each)
  return [...stay, ...worded.filter(({ code }) => !known.some((each) => each.code === code))]
}

function grown(
  groups: readonly OptionGroup[],
  variants: readonly VariantDraft[],
): readonly OptionGroupDraft[] {
  const chosen = variants.flatMap(({ options = [] }) => options)
  return groups.map((group) => {
    const codes = new Set(
      chosen.flatMap(({ code, valueCode }) => (code === group.code ? valueCode : [])),
    )
    const fresh = [...codes].filter((code) => !group.values.some((value) => value.code === code))
    return { ...group, values: [...group.values, ...fresh.map((code) => ({ code }))] }
  })
}
