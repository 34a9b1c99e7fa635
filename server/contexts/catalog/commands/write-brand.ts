import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Written } from '#platform/write/commit'

import type { CatalogRefusal } from '../contract/refusals.ts'
import type { BrandDesk } from '../contract/desk.ts'
import type { BrandDraft } from '../contract/drafts.ts'
import { brands } from '../domain/brand.ts'
import { isSame } from '../domain/same.ts'
import { textsOf } from '../domain/texts.ts'
import { brandOf } from '../store/places.ts'
import { brandTable } from '../store/tables.ts'

/** Commits what is said of a brand; its name is the same in every language. */
export async function writeBrand(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  tenant: Tenant,
  draft: BrandDraft,
  cause: Cause,
  how: { readonly isNew: boolean; readonly versions?: readonly number[] },
): Promise<Outcome<Written<BrandDesk>>> {
  const { slug } = draft
  const [first = ''] = tenant.languages
  const name = textsOf('name', draft.name, tenant)
  if (!name.ok) return name
  const story = textsOf('story', draft.story ?? '', tenant, { mayBeEmpty: true })
  if (!story.ok) return story
  const [row] = how.isNew ? [] : await reads.read(tenant.id, brandOf, [tenant.id, slug])
  const wanted = { slug, name: name.value[first] ?? '', story: story.value }
  const taken: CatalogRefusal = { code: 'catalog.brand-taken', slug }

  return write({
    tenant: tenant.id,
    ...cause,
    streams: { brand: stream(brands, slug) },
    decide: ({ brand }) => {
      // A brand of before there were events is only a row.
      const before = brand.version > 0 ? brand : row
      const seen = before?.version ?? 0
      if (how.isNew && before !== undefined) return refuse(taken)
      if (how.versions !== undefined && !how.versions.includes(seen)) {
        const stale: CatalogRefusal = { code: 'catalog.version-stale', version: seen }
        return refuse(stale)
      }
      const isAsBefore =
        before !== undefined && isSame([before.name, before.story], [wanted.name, wanted.story])
      const answer: BrandDesk = { ...wanted, version: isAsBefore ? seen : seen + 1 }
      if (isAsBefore) return accept({ answer })
      return accept({
        append: { brand: [{ type: 'catalog.brand-set', ...wanted, after: seen }] },
        rows: [
          how.isNew
            ? { table: brandTable, verb: 'insert', row: answer, orRefuse: taken }
            : { table: brandTable, verb: 'upsert', row: answer },
        ],
        answer,
      })
    },
  })
}
