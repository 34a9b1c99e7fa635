import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'

import type { Address, Addresses, IdentityRefusal, NewAddress } from '../contract.ts'
import { addressBooks, change, keep, type Kept, remove } from '../domain/address-book.ts'
import { addressById, addressOf } from '../store/addresses.ts'
import { addressTable } from '../store/tables.ts'
import { userById } from '../store/users.ts'

type Needs = Pick<Platform, 'write' | 'reads'>

/** Keeps an address; a repeat under the same key is the address that was kept. */
export function keepAddress({
  write,
  reads,
  ids,
}: Needs & Pick<Platform, 'ids'>): Addresses['keep'] {
  return async (tenant, userId, address, cause) => {
    const [user] = await reads.read(tenant, userById, [tenant, userId])
    if (user === undefined) return refuse({ code: 'identity.user-unknown' })
    const id = ids.next()
    const written = await write({
      tenant,
      ...cause,
      streams: { book: stream(addressBooks, userId) },
      decide({ book }, at) {
        const kept = keep(book, id, address.isUsual)
        if (!kept.ok) return kept
        const row = {
          ...rowOf(userId, id, address, kept.value),
          created_at: new Date(at).toISOString(),
        }
        return accept({
          append: { book: kept.value.events },
          rows: [
            ...noLonger(userId, kept.value),
            { table: addressTable, verb: 'insert' as const, row },
          ],
          answer: { id },
        })
      },
    })
    if (!written.ok) return written
    // The stored answer has no personal data, so a repeated request reads the row like the first.
    const found = await addressAt(reads, tenant, userId, written.value.answer.id)
    return found.ok ? accept({ address: found.value, replayed: written.value.replayed }) : found
  }
}

/** Another text of an address: all of it at once. */
export function changeAddress({ write, reads }: Needs): Addresses['change'] {
  return async (tenant, userId, id, address, cause) => {
    const written = await write({
      tenant,
      ...cause,
      streams: { book: stream(addressBooks, userId) },
      decide({ book }) {
        const changed = change(book, id, address.isUsual)
        if (!changed.ok) return changed
        return accept({
          append: { book: changed.value.events },
          rows: [
            ...noLonger(userId, changed.value),
            {
              table: addressTable,
              verb: 'update' as const,
              row: rowOf(userId, id, address, changed.value),
            },
          ],
          answer: null,
        })
      },
    })
    return written.ok ? addressAt(reads, tenant, userId, id) : written
  }
}

export function removeAddress({ write }: Pick<Platform, 'write'>): Addresses['remove'] {
  return async (tenant, userId, id, cause) => {
    const written = await write({
      tenant,
      ...cause,
      streams: { book: stream(addressBooks, userId) },
      decide({ book }) {
        const removed = remove(book, id)
        if (!removed.ok) return removed
        return accept({
          append: { book: removed.value },
          rows: [{ table: addressTable, verb: 'delete' as const, row: { user_id: userId, id } }],
          answer: null,
        })
      },
    })
    return written.ok ? accept(null) : written
  }
}

function rowOf(userId: Id, id: Id, address: NewAddress, { isUsual }: Kept) {
  const { name, phone, line1, line2, city, postalCode, country } = address
  return {
    user_id: userId,
    id,
    name,
    phone: phone ?? null,
    line1,
    line2: line2 ?? null,
    city,
    postal_code: postalCode ?? null,
    country,
    is_usual: isUsual,
  }
}

/** The address that was the usual one and is one like the others from now on. */
function noLonger(userId: Id, { unusual }: Kept): readonly Write[] {
  return unusual === null
    ? []
    : [
        {
          table: addressTable,
          verb: 'update',
          row: { user_id: userId, id: unusual, is_usual: false },
        },
      ]
}

async function addressAt(
  reads: Platform['reads'],
  tenant: TenantId,
  userId: Id,
  id: Id,
): Promise<Outcome<Address, IdentityRefusal>> {
  const [row] = await reads.read(tenant, addressById, [tenant, userId, id])
  return row === undefined ? refuse({ code: 'identity.address-unknown' }) : accept(addressOf(row))
}
