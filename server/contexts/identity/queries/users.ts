import type { Platform } from '#platform/context'

import type { Users } from '../contract.ts'
import { meById, meOf, newestUsers, userById, userOf } from '../store/users.ts'

/** After everything: where the first page begins. */
const BEGINNING = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }

export function findUser({ reads }: Pick<Platform, 'reads'>): Users['find'] {
  return async (tenant, id) => {
    const [row] = await reads.read(tenant, userById, [tenant, id])
    return row && userOf(row)
  }
}

export function findMe({ reads }: Pick<Platform, 'reads'>): Users['me'] {
  return async (tenant, id) => {
    const [row] = await reads.read(tenant, meById, [tenant, id])
    return row && meOf(row)
  }
}

/** Pages by place, not by number: nobody is shown twice or left out when others register. */
export function listUsers({ reads }: Pick<Platform, 'reads'>): Users['list'] {
  return async (tenant, limit, after) => {
    const place = after === undefined ? BEGINNING : placeOf(after)
    if (place === undefined) return undefined
    // One more than asked for tells whether there is a next page.
    const rows = await reads.read(tenant, newestUsers, [tenant, place.at, place.id, limit + 1])
    const items = rows.slice(0, limit).map(userOf)
    const last = items.at(-1)
    const next = rows.length > limit && last ? `${Date.parse(last.createdAt)}-${last.id}` : null
    return { items, next }
  }
}

function placeOf(after: string): { at: string; id: string } | undefined {
  // Thirteen digits end in the year 2286; PostgreSQL knows no date of five-digit years in this form.
  const found = /^(\d{1,13})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after)
  const at = new Date(Number(found?.[1]))
  const id = found?.[2]
  return id === undefined || Number.isNaN(at.getTime()) ? undefined : { at: at.toISOString(), id }
}
