/**
 * The shops of this deployment: which there are, and how each is set up.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Tenant, Tenants } from '#platform/tenants'

/** A shop as it is set up; its id comes with it. */
export interface NewShop extends Omit<Tenant, 'id'> {
  /** Where it is reached, lower case, without port; `<slug>.localhost` when absent. */
  readonly host?: string
}

/** Shops by host name and by id, at most 5 s old, and all of them for jobs, which visit each. */
export interface Shops extends Tenants {
  /** Every shop there is, or so many of them, the oldest first, read anew. */
  list(most?: number): Promise<readonly { readonly tenant: Tenant; readonly host: string }[]>
  /** Lets go of what is remembered, for tests and the seed. */
  forget(): void
}
