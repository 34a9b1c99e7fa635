const pluralRules = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

/** `{ one: 'товар', few: 'товари', many: 'товарів' }` by the rules of a language (CLDR). */
export function plural(
  language: string,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string },
): (count: number) => string {
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(language)
  pluralRules.set(language, rules)
  // To make one takes longer than to render what is around it.
  const number = numbers.get(language) ?? new Intl.NumberFormat(language)
  numbers.set(language, number)
  return (count) => `${number.format(count)} ${forms[rules.select(count)] ?? forms.other}`
}
