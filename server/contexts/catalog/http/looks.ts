import type { TSchema } from 'typebox'

import { check, plain } from '#platform/http/schema'
import { hostileText, type Fault } from '#platform/http/text'

import { ProductBody, ProductPatchBody } from './draft-schemas.ts'

/** What is wrong with a body, as the routes of products find it; for those who send many at once. */
export const looks = { draft: lookAt(ProductBody), patch: lookAt(ProductPatchBody) }

function lookAt(schema: TSchema): (body: unknown) => readonly Fault[] {
  const faultsOf = check(plain(schema, true), 'body')
  return (body) => {
    const hostile = hostileText(body, 'body')
    return hostile === undefined ? faultsOf(body) : [hostile]
  }
}
