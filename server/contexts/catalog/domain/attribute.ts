import type { Aggregate } from '#platform/write/commit'

import type { AttributeDefinition, AttributeSet } from '../contract.ts'

/** An attribute as its events tell it: unknown, or defined as of a version. */
export type Attribute =
  | { readonly version: 0 }
  | { readonly version: number; readonly definition: AttributeDefinition }

export const attributes: Aggregate<Attribute, AttributeSet> = {
  kind: 'attribute',
  initial: { version: 0 },
  apply(_, { type: _type, ...definition }, { version }) {
    return { version, definition }
  },
}
