/** Where parcels of European shops go; the API says of each cart whether its market allows it. */
const CODES =
  'AD AL AM AT AZ BA BE BG CA CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IL IS IT KZ LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM TR UA US'.split(
    ' ',
  )

/** Countries by their names in a language, in its alphabet. */
export function countriesIn(language: string): readonly { code: string; name: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return CODES.map((code) => ({ code, name: names.of(code) ?? code })).toSorted((a, b) =>
    a.name.localeCompare(b.name, language),
  )
}

/** The country whose clocks a shop goes by: most of its parcels stay there. */
export function countryOf(timeZone: string): string {
  const known = canonical(timeZone)
  return CODES.find((region) => zonesOf(region).includes(known)) ?? ''
}

function zonesOf(region: string): readonly string[] {
  const locale = new Intl.Locale('und', { region }) as Intl.Locale & {
    getTimeZones?(): string[] | undefined
  }
  return locale.getTimeZones?.() ?? []
}

function canonical(timeZone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
}
