import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { known, type Known } from '#platform/known'

import type { CatalogPages } from '../contract/pages.ts'
import type { Definitions } from '../domain/attributes.ts'
import { inLanguage } from '../domain/view.ts'
import { allAttributes } from '../store/attributes.ts'
import { pageOf } from './places.ts'

const FRESH_MS = 1_000
const SHOPS_KEPT = 2_000

/** What attributes a shop has, at most 1 s old. */
export function knownDefinitions(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  tail: Tail | undefined,
): Known<Definitions> {
  const read = async (tenant: TenantId): Promise<Definitions> => {
    const rows = await reads.read(tenant, allAttributes, [tenant])
    return new Map(rows.map((row) => [row.code, row]))
  }
  return known(clock, FRESH_MS, read, {
    tail,
    isAbout: (type) => type === 'catalog.attribute-set',
    mostShops: SHOPS_KEPT,
  })
}

/** The attributes that buyers may read of. */
export function listAttributes(definitions: Known<Definitions>): CatalogPages['listAttributes'] {
  return async (tenant, { limit, after }, language) => {
    const [first = ''] = tenant.languages
    const found = [...(await definitions.of(tenant.id)).values()]
      .filter(({ audience }) => audience === 'everyone')
      .map((each) => ({ ...each, slug: each.code }))
    const ask = after === undefined ? { limit } : { limit, after }
    return pageOf(found, ask, ({ code, kind, name, unit, choices, isFacet }) => ({
      code,
      kind,
      name: inLanguage(name, language, first),
      unit,
      choices: choices.map((choice) => ({
        code: choice.code,
        name: inLanguage(choice.name, language, first),
      })),
      isFacet,
    }))
  }
}
