import { isIP } from 'node:net'

import type { Clock } from '#platform/clock'
import type { Reads } from '#platform/db/reads'
import type { Tenant } from '#platform/tenants'

import type { Shops } from '../contract.ts'
import { sql, tenantOf, type ShopRow } from '../store/shops.ts'

/** A change of a shop's settings is seen by every process within this time. */
const STALE_AFTER_MS = 5_000
/** Host names are the caller's to invent, so what is remembered of them is bounded. */
const REMEMBERED = 10_000

/** Shops that one read of all of them brings. */
const AT_ONCE = 500

/**
 * Looks shops up and remembers them for 5 s, unknown host names as well. Requests that ask at once
 * share one read.
 */
export function openShops({ reads, clock }: { reads: Reads; clock: Clock }): Shops {
  const remembered = new Map<string, { until: number; tenant: Promise<Tenant | undefined> }>()

  function recall(name: string, look: () => Promise<ShopRow[]>): Promise<Tenant | undefined> {
    const known = remembered.get(name)
    if (known !== undefined && known.until > clock.now()) return known.tenant

    const tenant = look().then(([row]) => (row === undefined ? undefined : tenantOf(row)))
    remembered.delete(name)
    // A map keeps the order of insertion, so the first key is the oldest.
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '')
    remembered.set(name, { until: clock.now() + STALE_AFTER_MS, tenant })
    // A read that failed is not remembered: the next request asks again.
    tenant.catch(() => remembered.delete(name))
    return tenant
  }

  return {
    byHost(host) {
      const name = hostName(host)
      if (name === undefined) return Promise.resolve(undefined)
      if (name === 'localhost' || isIP(name) !== 0) {
        return recall('first', () => reads.readGlobal(sql.first))
      }
      return recall(`host/${name}`, () => reads.readGlobal(sql.byHost, [name]))
    },
    byId: (id) => recall(`id/${id}`, () => reads.readGlobal(sql.byId, [id])),
    async list(most = Infinity) {
      const found: ShopRow[] = []
      for (let after = 0; found.length < most;) {
        const wanted = Math.min(AT_ONCE, most - found.length)
        const rows = await reads.readGlobal(sql.list, [after, wanted])
        found.push(...rows)
        const last = rows.at(-1)
        if (last === undefined || rows.length < wanted) break
        after = last.id
      }
      return found.map((row) => ({ tenant: tenantOf(row), host: row.host }))
    },
    forget: () => remembered.clear(),
  }
}

/** The name in a `Host` header: without port, brackets and final dot, in lower case. */
export function hostName(host: string): string | undefined {
  const name = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::\d{1,5})?$/i.exec(host)
  const found = (name?.[1] ?? name?.[2])?.toLowerCase().replace(/\.$/, '')
  return found === undefined || found === '' || found.length > 253 ? undefined : found
}
