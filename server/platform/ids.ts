import { randomUUIDv7 } from 'node:crypto'

declare const brand: unique symbol
type Branded<T, B extends string> = T & { readonly [brand]: B }

/** A shop of this deployment; every row of every table begins with it. */
export type TenantId = Branded<number, 'TenantId'>

/**
 * An unguessable id, made by `Ids`: a UUID of version 7 (RFC 9562), the time in milliseconds and
 * 74 random bits behind it, so that what is made one after the other lies side by side in indexes.
 */
export type Id = string

/** Makes ids; handed to whoever needs one, so that a simulation can make its own. */
export interface Ids {
  next(): Id
}

export const randomIds: Ids = { next: () => randomUUIDv7() }
