import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { AttributeDefinition, CatalogChanges } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { attributes } from '../domain/attribute.ts'
import { definitionOf, MOST_ATTRIBUTES } from '../domain/attributes.ts'
import { isSame } from '../domain/same.ts'
import { allAttributes, attributeRow } from '../store/attributes.ts'

/** Says what an attribute of products may be; the same words again change nothing. */
export function setAttribute(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['setAttribute'] {
  return async (tenant, draft, cause, versions) => {
    const { code } = draft
    const known = await reads.read(tenant.id, allAttributes, [tenant.id])
    // Two at once may pass it together: it keeps lists short, nothing depends on it.
    if (known.length >= MOST_ATTRIBUTES && !known.some((each) => each.code === code)) {
      const full: CatalogRefusal = { code: 'catalog.attributes-full', most: MOST_ATTRIBUTES }
      return refuse(full)
    }

    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { attribute: stream(attributes, code) },
      decide: ({ attribute }) => {
        const { version } = attribute
        if (versions !== undefined && !versions.includes(version)) {
          const stale: CatalogRefusal = { code: 'catalog.version-stale', version }
          return refuse(stale)
        }
        const before = 'definition' in attribute ? attribute.definition : undefined
        const definition = definitionOf(draft, tenant, before)
        if (!definition.ok) return definition
        if (isSame(before, definition.value)) {
          return accept({ answer: { definition: definition.value, version } })
        }
        const answer: { definition: AttributeDefinition; version: number } = {
          definition: definition.value,
          version: version + 1,
        }
        return accept({
          append: { attribute: [{ type: 'catalog.attribute-set', ...definition.value }] },
          rows: [attributeRow(definition.value, version + 1)],
          answer,
        })
      },
    })
    if (!written.ok) return written
    changed(tenant.id)
    return accept(written.value.answer)
  }
}
