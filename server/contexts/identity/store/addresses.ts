import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type { Address } from '../contract.ts'

export interface AddressRow {
  readonly id: Id
  readonly name: string
  readonly phone: string | null
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly postal_code: string | null
  readonly country: string
  readonly is_usual: boolean
  readonly created_at: Date
}

const COLUMNS = 'id, name, phone, line1, line2, city, postal_code, country, is_usual, created_at'

/** All of a user, which are few: the usual one first, then the newest. */
export const addressesOf = statement<AddressRow>(
  'identity.addresses-of',
  `select ${COLUMNS} from identity.addresses where tenant_id = $1 and user_id = $2
    order by is_usual desc, created_at desc, id`,
)

export const addressById = statement<AddressRow>(
  'identity.address-by-id',
  `select ${COLUMNS} from identity.addresses where tenant_id = $1 and user_id = $2 and id = $3`,
)

export function addressOf({ postal_code, is_usual, created_at, ...row }: AddressRow): Address {
  return {
    ...row,
    postalCode: postal_code,
    isUsual: is_usual,
    createdAt: created_at.toISOString(),
  }
}
