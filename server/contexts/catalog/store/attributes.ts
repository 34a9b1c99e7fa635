import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Write } from '#platform/write/commit'

import type { AttributeDefinition } from '../contract.ts'
import type { Definitions } from '../domain/attributes.ts'
import { attributeTable } from './tables.ts'

export interface AttributeRow extends AttributeDefinition {
  readonly version: number
}

/** A shop has hundreds at most: they are read whole. */
export const allAttributes = statement<AttributeRow>(
  'catalog.all-attributes',
  `select code, kind, name, unit, choices, is_facet as "isFacet", is_searched as "isSearched",
     audience, version
   from catalog.attributes where tenant_id = $1 order by code`,
)

const NONE: Definitions = new Map()

/**
 * What products may be said to be, as of now; nothing is read for a draft that says nothing. Looking
 * before the commit is enough, because neither kinds nor choices are ever taken away.
 */
export async function definitionsFor(
  reads: Reads,
  tenant: TenantId,
  attributes: object | undefined,
): Promise<Definitions> {
  if (attributes === undefined || Object.keys(attributes).length === 0) return NONE
  const rows = await reads.read(tenant, allAttributes, [tenant])
  return new Map(rows.map((row) => [row.code, row]))
}

export function attributeRow(definition: AttributeDefinition, version: number): Write {
  const { code, kind, name, unit, choices, isFacet, isSearched, audience } = definition
  return {
    table: attributeTable,
    verb: 'upsert',
    row: {
      code,
      kind,
      name,
      unit,
      choices,
      is_facet: isFacet,
      is_searched: isSearched,
      audience,
      version,
    },
  }
}
