/** What staff send besides products: types for this context's own routes. */
import type { AttributeKind, TextDraft } from './facts.ts'

export interface CategoryDraft {
  readonly slug: string
  readonly name: TextDraft
  readonly parent?: string | null
  /** Categories are listed by position, then slug. */
  readonly position?: number
}

export interface BrandDraft {
  readonly slug: string
  readonly name: string
  readonly story?: TextDraft
}

/** `unit`, `choices` and the flags are absent where there is nothing to say. */
export interface AttributeDraft {
  readonly code: string
  readonly kind: AttributeKind
  readonly name: TextDraft
  readonly unit?: string | null
  readonly choices?: readonly { readonly code: string; readonly name?: TextDraft }[]
  readonly isFacet?: boolean
  readonly isSearched?: boolean
  readonly audience?: 'everyone' | 'staff'
}
