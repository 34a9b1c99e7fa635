import type { TenantId } from './ids.ts'

/** What every request knows about the shop it is for. */
export interface Tenant {
  readonly id: TenantId
  /** Short name in host names and demo data: `demo`. */
  readonly slug: string
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  /** BCP 47, the first is the default. */
  readonly languages: readonly string[]
  /** How long units stay aside for a cart. */
  readonly holdMinutes: number
  /** IANA name. */
  readonly timeZone: string
  /** Delivery methods and what each costs, minor units of `currency`. */
  readonly delivery: Readonly<Record<string, number>>
}

/** Finds the shop a host name belongs to; plain `localhost` and addresses are the first shop's. */
export interface Tenants {
  byHost(host: string): Promise<Tenant | undefined>
  byId(id: TenantId): Promise<Tenant | undefined>
}
