import { rowsByKeys, statement, type Statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type {
  ContributionKind,
  ContributionStatus,
  ContributionView,
  Flag,
  OwnContribution,
  RefusedBecause,
  ReviewSort,
  Standing,
} from '../contract.ts'

export interface ContributionRow {
  readonly id: Id
  readonly kind: ContributionKind
  readonly product_id: Id
  readonly parent_id: Id | null
  readonly user_id: Id
  readonly name: string
  readonly standing: Standing
  readonly rating: number | null
  readonly title: string | null
  readonly text: string
  readonly language: string
  readonly status: ContributionStatus
  readonly because: RefusedBecause | null
  readonly flags: readonly Flag[]
  readonly helpful: number
  readonly reports: number
  readonly version: number
  readonly created_at: Date
  readonly updated_at: Date
  /** What the list is sorted by before the time; 0 where the time alone sorts. */
  readonly score: number
}

/** Answers shown with what they answer. */
export const ANSWERS = 10

const COLUMNS = `id, kind, product_id, parent_id, user_id, name, standing, rating, title, text, language,
  status, because, flags, helpful, reports, version, created_at, updated_at`

/** The column each order sorts by first, as its index has it. */
const SCORES: Readonly<Record<ReviewSort, string | null>> = {
  newest: null,
  helpful: 'helpful',
  highest: 'rating',
  lowest: 'lowness',
}

function shownBy(sort: ReviewSort): Statement<ContributionRow> {
  const score = SCORES[sort]
  const keys = [...(score === null ? [] : [score]), 'created_at', 'id']
  const after = [...(score === null ? [] : ['$6::int']), 'to_timestamp($4 / 1000.0::float8)', '$5']
  return statement(
    `reviews.shown-${sort}`,
    `select ${COLUMNS}, ${score ?? '0'} as score from reviews.contributions
     where tenant_id = $1 and product_id = $2 and kind = $3 and status = 'shown'
       and (${keys.join(', ')}) < (${after.join(', ')})
     order by ${keys.map((key) => `${key} desc`).join(', ')}
     limit ${score === null ? '$6' : '$7'}`,
  )
}

/** By order: tenant, product, kind, the place's time and id, its score where there is one, limit. */
export const shown: Readonly<Record<ReviewSort, Statement<ContributionRow>>> = {
  newest: shownBy('newest'),
  helpful: shownBy('helpful'),
  highest: shownBy('highest'),
  lowest: shownBy('lowest'),
}

/** The newest answers of each of some contributions. */
export const answersOf = statement<ContributionRow>(
  'reviews.answers-of',
  `select each.* from unnest($2::uuid[]) as parent(id)
   cross join lateral (
     select ${COLUMNS}, 0 as score from reviews.contributions
     where tenant_id = $1 and parent_id = parent.id and status = 'shown'
     order by created_at desc, id desc limit ${ANSWERS}
   ) as each`,
)

const behind = `(created_at, id) < (to_timestamp($3 / 1000.0::float8), $4)
  order by created_at desc, id desc limit $5`

export const ofUser = statement<ContributionRow>(
  'reviews.of-user',
  `select ${COLUMNS}, 0 as score from reviews.contributions
   where tenant_id = $1 and user_id = $2 and ${behind}`,
)

export const ofStatus = statement<ContributionRow>(
  'reviews.of-status',
  `select ${COLUMNS}, 0 as score from reviews.contributions
   where tenant_id = $1 and status = $2 and ${behind}`,
)

/** `$2` is not asked for; it is there so that the three lists take the same parameters. */
export const reported = statement<ContributionRow>(
  'reviews.reported',
  `select ${COLUMNS}, 0 as score from reviews.contributions
   where tenant_id = $1 and status = 'shown' and reports > 0 and $2::text is not null and ${behind}`,
)

export const byId = statement<ContributionRow>(
  'reviews.by-id',
  `select ${COLUMNS}, 0 as score from reviews.contributions where tenant_id = $1 and id = $2`,
)

/** Whether somebody said the same elsewhere. */
export const repetition = statement<{ readonly id: Id }>(
  'reviews.repetition',
  `select id from reviews.contributions
   where tenant_id = $1 and essence = $2 and id <> $3 limit 1`,
)

/**
 * How many a user contributed since an instant, up to a limit, and when the oldest of them. What is said
 * for the shop is left out: it has no limit, and its author reviews things as anyone does.
 */
export const countSince = statement<{ readonly count: number; readonly oldest: Date | null }>(
  'reviews.count-since',
  `select count(*)::int as count, min(created_at) as oldest from (
     select created_at from reviews.contributions
     where tenant_id = $1 and user_id = $2 and created_at > to_timestamp($3 / 1000.0::float8)
       and standing <> 'staff'
     order by created_at desc limit $4
   ) as recent`,
)

/** Whether a paid order of a user has a product. */
export const bought = statement<{ readonly order_id: Id }>(
  'reviews.purchase',
  `select p.order_id from reviews.purchases p
   cross join lateral (
     select from reviews.paid_orders o
     where o.tenant_id = $1 and o.order_id = p.order_id and o.is_paid
   ) as paid
   where p.tenant_id = $1 and p.user_id = $2 and p.product_id = $3 limit 1`,
)

export const ratingsOf = statement<{
  readonly product_id: Id
  readonly counts: readonly [number, number, number, number, number]
}>('reviews.ratings-of', rowsByKeys('reviews.ratings', 'product_id', 'product_id, counts'))

export const settingsOf = statement<{ readonly shows_at_once: boolean }>(
  'reviews.settings',
  'select shows_at_once from reviews.settings where tenant_id = $1',
)

export function viewOf(row: ContributionRow): ContributionView {
  const { id, kind, name, standing, rating, title, text, language, helpful } = row
  return {
    id,
    kind,
    productId: row.product_id,
    name,
    standing,
    rating,
    title,
    text,
    language,
    helpful,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

export function ownOf(row: ContributionRow): OwnContribution {
  const { status, because, flags, reports, version } = row
  return { ...viewOf(row), parentId: row.parent_id, status, because, flags, reports, version }
}
