import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { NEWEST, pageOf, placeOf, type Page } from '#platform/keyset'
import type { Statement } from '#platform/db/statement'

import type { OwnContribution, ReviewQueries, WithAnswers } from '../contract.ts'
import {
  answersOf,
  ofStatus,
  ofUser,
  ownOf,
  reported,
  shown,
  viewOf,
  type ContributionRow,
} from '../store/contributions.ts'

/** Greater than any score: votes are counted by an integer of 32 bits. */
const HIGHEST = 2_147_483_647

/** A place in a list that is sorted by a score first: `12.1795000000000.0199…`. */
const SCORED = /^(\d{1,10})\.(\d{1,13}\..*)$/

type Lists = Pick<ReviewQueries, 'of' | 'mine' | 'queue'>

export function contributionLists({ reads }: Pick<Platform, 'reads'>): Lists {
  async function withAnswers(
    tenant: TenantId,
    rows: readonly ContributionRow[],
  ): Promise<WithAnswers[]> {
    const ids = rows.map(({ id }) => id)
    const answers = ids.length === 0 ? [] : await reads.read(tenant, answersOf, [tenant, ids])
    return rows.map((row) => ({
      ...viewOf(row),
      answers: answers
        .filter((answer) => answer.parent_id === row.id)
        .map(viewOf)
        .toReversed(),
    }))
  }

  async function newest(
    tenant: TenantId,
    list: Statement<ContributionRow>,
    of: string,
    { limit, after }: { readonly limit: number; readonly after?: string },
  ): Promise<Page<OwnContribution>> {
    const { at, id } = placeOf(after)
    const rows = await reads.read(tenant, list, [tenant, of, at, id, limit + 1])
    const { items, next } = pageOf(rows, limit, place)
    return { items: items.map(ownOf), next }
  }

  return {
    async of(tenant, { productId, kind, sort, limit, after }) {
      const { score, at, id } = scoredPlace(after)
      const values = [tenant, productId, kind, at, id]
      const rows = await reads.read(
        tenant,
        shown[sort],
        sort === 'newest' ? [...values, limit + 1] : [...values, score, limit + 1],
      )
      const { items, next } = pageOf(rows, limit, place)
      return {
        items: await withAnswers(tenant, items),
        next: next === null ? null : `${items.at(-1)?.score ?? 0}.${next}`,
      }
    },
    mine: (tenant, userId, page) => newest(tenant, ofUser, userId, page),
    queue: (tenant, which, page) =>
      newest(tenant, which === 'reported' ? reported : ofStatus, which, page),
  }
}

function place({ created_at, id }: ContributionRow): { readonly at: Date; readonly id: Id } {
  return { at: created_at, id }
}

function scoredPlace(after: string | undefined) {
  const [, score, rest] = SCORED.exec(after ?? '') ?? []
  if (score === undefined) return { score: HIGHEST, ...NEWEST }
  return { score: Math.min(Number(score), HIGHEST), ...placeOf(rest) }
}
