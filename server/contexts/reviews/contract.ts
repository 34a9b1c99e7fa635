/**
 * Reviews: what buyers say of products, ask about them and answer to each other; and what becomes
 * of it before others read it.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Actor, Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** A review rates a product, a question asks about it, an answer belongs to one of the two. */
export type ContributionKind = 'review' | 'question' | 'answer'

/** Only what is `shown` is read by others. `refused` stays its author's to see and to change. */
export type ContributionStatus = 'waiting' | 'shown' | 'refused'

/** Why staff let others not read something. */
export type RefusedBecause =
  | 'abusive'
  | 'advertising'
  | 'copied'
  | 'off-topic'
  | 'other'
  | 'personal-data'

/** What a look at the words found; it makes the contribution wait, and decides nothing else. */
export type Flag = 'coarse' | 'links' | 'repeated' | 'shouted'

/** Somebody said something. The words stand in a table that can be erased, not in the log. */
export interface Contributed {
  readonly type: 'reviews.contributed'
  readonly kind: ContributionKind
  readonly productId: Id
  /** What an answer answers. */
  readonly parentId: Id | null
  readonly userId: Id
  /** 1 to 5 stars; only of a review. */
  readonly rating: number | null
  readonly status: ContributionStatus
  /** The author had bought the product (GAP-42), or the answer is the shop's own. */
  readonly standing: Standing
}

/** The author's words or stars are others from now on. */
export interface ContributionChanged {
  readonly type: 'reviews.changed'
  readonly rating: number | null
  readonly status: ContributionStatus
}

/** Staff decided that others may read it, or may not. */
export interface ContributionModerated {
  readonly type: 'reviews.moderated'
  readonly status: 'shown' | 'refused'
  readonly because: RefusedBecause | null
}

/** Its author, or staff, took it away; the words are gone. */
export interface ContributionRemoved {
  readonly type: 'reviews.removed'
}

/** A user found it helpful, or thought better of it. */
export interface VoteCast {
  readonly type: 'reviews.vote-cast' | 'reviews.vote-withdrawn'
  readonly userId: Id
}

/** A user thinks that staff should look at it. */
export interface ContributionReported {
  readonly type: 'reviews.reported'
  readonly userId: Id
  readonly because: RefusedBecause
}

/** How the reviews of a product that are shown rate it, from now on: how many give 1, 2, … 5 stars. */
export interface RatingChanged {
  readonly type: 'reviews.rating-changed'
  readonly productId: Id
  readonly counts: Counts
}

export type Counts = readonly [number, number, number, number, number]

export type ContributionEvent =
  | Contributed
  | ContributionChanged
  | ContributionModerated
  | ContributionRemoved
  | VoteCast
  | ContributionReported

/** `buyer`: a paid order of the author has the product. `staff`: the shop speaks. */
export type Standing = 'anyone' | 'buyer' | 'staff'

export type ReviewRefusal =
  | { readonly code: 'reviews.unknown'; readonly contributionId: string }
  | { readonly code: 'reviews.product-unknown'; readonly productId: string }
  | { readonly code: 'reviews.already-written'; readonly productId: string }
  | { readonly code: 'reviews.not-a-buyer'; readonly productId: string }
  | { readonly code: 'reviews.not-answerable'; readonly contributionId: string }
  | { readonly code: 'reviews.own'; readonly contributionId: string }
  | { readonly code: 'reviews.rating-misplaced'; readonly kind: ContributionKind }
  | {
      readonly code: 'reviews.too-many'
      readonly limit: number
      readonly retryAfterSeconds: number
    }

/** What its author says. `name` is how others are shown the author. */
export interface Words {
  readonly name: string
  readonly title?: string
  readonly text: string
  /** BCP 47; the shop's first language when absent. */
  readonly language?: string
}

export interface ContributionView {
  readonly id: Id
  readonly kind: ContributionKind
  readonly productId: Id
  readonly name: string
  readonly standing: Standing
  readonly rating: number | null
  readonly title: string | null
  readonly text: string
  readonly language: string
  /** How many found it helpful. */
  readonly helpful: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** With its newest answers, the oldest of them first, at most ten. */
export interface WithAnswers extends ContributionView {
  readonly answers: readonly ContributionView[]
}

/** As its author and staff see it. */
export interface OwnContribution extends ContributionView {
  readonly status: ContributionStatus
  readonly because: RefusedBecause | null
  readonly flags: readonly Flag[]
  readonly reports: number
  readonly parentId: Id | null
  readonly version: number
}

/** `average` is the exact quotient, null without reviews; `counts` are of 1 to 5 stars. */
export interface RatingView {
  readonly count: number
  readonly average: number | null
  readonly counts: Counts
}

export interface ReviewSettings {
  /** What no look at the words has flagged is shown at once; otherwise all waits for staff. */
  readonly showsAtOnce: boolean
}

export type ReviewSort = 'helpful' | 'highest' | 'lowest' | 'newest'

export interface Done<T> {
  readonly answer: T
  readonly replayed: boolean
}

/** What is known of a contribution right after it was made or changed. */
export interface Contribution {
  readonly id: Id
  readonly status: ContributionStatus
  readonly version: number
}

/** Changes. Refusals are those of `ReviewRefusal` and `request.key-reused`. */
export interface ReviewCommands {
  /** One review per user and product. */
  review(
    tenant: Tenant,
    userId: Id,
    review: Words & { readonly productId: Id; readonly rating: number },
    cause: Cause,
  ): Promise<Outcome<Done<Contribution>>>
  ask(
    tenant: Tenant,
    userId: Id,
    question: Words & { readonly productId: Id },
    cause: Cause,
  ): Promise<Outcome<Done<Contribution>>>
  /** Staff answer anything that is shown; buyers of the product answer questions. */
  answer(
    tenant: Tenant,
    actor: Actor & { readonly kind: 'user' },
    answer: Words & { readonly parentId: Id },
    cause: Cause,
  ): Promise<Outcome<Done<Contribution>>>
  /** The author's own; what was shown may have to wait again. */
  change(
    tenant: Tenant,
    userId: Id,
    contributionId: Id,
    words: Words & { readonly rating?: number },
    cause: Cause,
  ): Promise<Outcome<Done<Contribution>>>
  /** The author's own, or for staff anybody's. Its answers are not shown any more either. */
  remove(
    tenant: Tenant,
    actor: Actor & { readonly kind: 'user' },
    contributionId: Id,
    cause: Cause,
  ): Promise<Outcome<unknown>>
  moderate(
    tenant: Tenant,
    contributionId: Id,
    verdict: { readonly status: 'shown' | 'refused'; readonly because: RefusedBecause | null },
    cause: Cause,
  ): Promise<Outcome<Done<Contribution>>>
  /** One vote for each user and contribution; voting again changes nothing. */
  vote(
    tenant: Tenant,
    userId: Id,
    contributionId: Id,
    isHelpful: boolean,
    cause: Cause,
  ): Promise<Outcome<null>>
  report(
    tenant: Tenant,
    userId: Id,
    contributionId: Id,
    because: RefusedBecause,
    cause: Cause,
  ): Promise<Outcome<null>>
  set(
    tenant: Tenant,
    settings: ReviewSettings,
    cause: Cause,
  ): Promise<Outcome<Done<ReviewSettings>>>
}

/** What is asked by this context's own routes; as of now. */
export interface ReviewQueries {
  /** How a product is rated; one without reviews by nobody. */
  rating(tenant: TenantId, productId: Id): Promise<RatingView>
  /** What is shown of a product; reviews by any order, questions the newest first. */
  of(
    tenant: TenantId,
    ask: {
      readonly productId: Id
      readonly kind: 'review' | 'question'
      readonly sort: ReviewSort
      readonly limit: number
      readonly after?: string
    },
  ): Promise<Page<WithAnswers>>
  /** A user's own, the newest first. */
  mine(
    tenant: TenantId,
    userId: Id,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<OwnContribution>>
  /** What staff have to look at: what waits, or what is shown and was reported; the newest first. */
  queue(
    tenant: TenantId,
    which: 'waiting' | 'reported' | 'refused',
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<OwnContribution>>
  settings(tenant: TenantId): Promise<ReviewSettings>
}

/** Port: how products are rated, by product; those without reviews are absent. */
export interface Ratings {
  /** As of now. */
  ratings(tenant: TenantId, productIds: readonly Id[]): Promise<ReadonlyMap<Id, RatingView>>
  /** For lists: from memory, as new as the end of the log was read here; without it at most 1 s old. */
  remembered(tenant: TenantId, productIds: readonly Id[]): Promise<ReadonlyMap<Id, RatingView>>
}
