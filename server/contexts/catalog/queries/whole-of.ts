import type { Instant } from '#platform/clock'

import { whole } from '../domain/whole.ts'
import type { WholeProduct } from '../domain/view.ts'
import type { ProductRow } from '../store/products.ts'
import { isShown, publicationIn } from './shown.ts'

/** What a row says of a product. */
export function wholeOf(row: ProductRow, at: Instant): WholeProduct {
  return {
    id: row.id,
    facts: whole({
      ...row,
      optionGroups: row.option_groups,
      publication: publicationIn(row),
      taxCategory: row.tax_category,
    }),
    status: row.status,
    version: row.version,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
    isVisible: row.status === 'active' && isShown(row, at),
  }
}
