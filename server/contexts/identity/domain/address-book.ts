import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type { AddressEvent, IdentityRefusal } from '../contract.ts'

/** Nobody has more places than this; a list of them is read whole. */
export const MOST_ADDRESSES = 20

/** What the log knows of a user's addresses: which there are, and which is the usual one. */
export interface AddressBook {
  readonly ids: readonly string[]
  readonly usual: string | null
}

/** A stream for each user, beside that of their sign-ins. */
export const addressBooks: Aggregate<AddressBook, AddressEvent> = {
  kind: 'address-book',
  initial: { ids: [], usual: null },
  apply(book, event) {
    const { addressId: id } = event
    switch (event.type) {
      case 'identity.address-kept':
        return { ...book, ids: [...book.ids, id] }
      case 'identity.address-changed':
        return book
      case 'identity.usual-address-chosen':
        return { ...book, usual: id }
      case 'identity.address-removed':
        return {
          ids: book.ids.filter((each) => each !== id),
          usual: book.usual === id ? null : book.usual,
        }
    }
  },
}

/** What happens when an address is kept, and whether another is the usual one no longer. */
export interface Kept {
  readonly events: readonly AddressEvent[]
  /** The address that was the usual one until now. */
  readonly unusual: string | null
  readonly isUsual: boolean
}

/** One more address, or why there can be none. The first of all is the usual one. */
export function keep(
  book: AddressBook,
  addressId: string,
  isUsual: boolean,
): Outcome<Kept, IdentityRefusal> {
  if (book.ids.length >= MOST_ADDRESSES) {
    return refuse({ code: 'identity.addresses-full', most: MOST_ADDRESSES })
  }
  const kept: AddressEvent = { type: 'identity.address-kept', addressId }
  return accept(chosen(book, addressId, isUsual || book.ids.length === 0, [kept]))
}

/** Another text of an address. The usual one stays so until another is chosen. */
export function change(
  book: AddressBook,
  addressId: string,
  isUsual: boolean,
): Outcome<Kept, IdentityRefusal> {
  if (!book.ids.includes(addressId)) return refuse({ code: 'identity.address-unknown' })
  const changed: AddressEvent = { type: 'identity.address-changed', addressId }
  return accept(chosen(book, addressId, isUsual || book.usual === addressId, [changed]))
}

/** The address is gone; one that was the usual one leaves none behind. */
export function remove(
  book: AddressBook,
  addressId: string,
): Outcome<readonly AddressEvent[], IdentityRefusal> {
  return book.ids.includes(addressId)
    ? accept([{ type: 'identity.address-removed', addressId }])
    : refuse({ code: 'identity.address-unknown' })
}

function chosen(
  { usual }: AddressBook,
  addressId: string,
  isUsual: boolean,
  events: readonly AddressEvent[],
): Kept {
  if (!isUsual || usual === addressId) return { events, unusual: null, isUsual }
  const choice: AddressEvent = { type: 'identity.usual-address-chosen', addressId }
  return { events: [...events, choice], unusual: usual, isUsual }
}
