import type { Platform } from '#platform/context'

import type { Addresses } from '../contract.ts'
import { addressesOf, addressOf } from '../store/addresses.ts'

export function listAddresses({ reads }: Pick<Platform, 'reads'>): Addresses['list'] {
  return async (tenant, userId) =>
    (await reads.read(tenant, addressesOf, [tenant, userId])).map(addressOf)
}
