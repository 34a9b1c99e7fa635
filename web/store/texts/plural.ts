const pluralRules = new Map<string, Intl.PluralRules>()

/** `{ one: 'товар', few: 'товари', many: 'товарів' }` by the rules of a language (CLDR). */
export function plural(
  language: string,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string },
): (count: number) => string {
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(language)
  pluralRules.set(language, rules)
  return (count) => `${count.toLocaleString(language)} ${forms[rules.select(count)] ?? forms.other}`
}
