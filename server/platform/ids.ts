declare const brand: unique symbol
type Branded<T, B extends string> = T & { readonly [brand]: B }

/** A shop of this deployment; every row of every table begins with it. */
export type TenantId = Branded<number, 'TenantId'>

/** An unguessable id in the form of a UUID (122 random bits), made by `Ids`. */
export type Id = string

/** Makes ids; handed to whoever needs one, so that a simulation can make its own. */
export interface Ids {
  next(): Id
}

export const randomIds: Ids = { next: () => crypto.randomUUID() }
