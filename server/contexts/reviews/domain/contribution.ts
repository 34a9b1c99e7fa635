import type { Aggregate } from '#platform/write/commit'
import type { Id } from '#platform/ids'

import type { ContributionEvent, ContributionKind, ContributionStatus } from '../contract.ts'

/** What a contribution is, but for its words. */
export type Post =
  | { readonly status: 'none' | 'removed'; readonly version: number }
  | {
      readonly status: ContributionStatus
      readonly version: number
      readonly kind: ContributionKind
      readonly productId: Id
      readonly parentId: Id | null
      readonly userId: Id
      readonly rating: number | null
      readonly helpful: number
      readonly reports: number
    }

/** One that is there. */
export type Present = Exclude<Post, { readonly status: 'none' | 'removed' }>

export function isPresent(post: Post): post is Present {
  return post.status !== 'none' && post.status !== 'removed'
}

export const contributions: Aggregate<Post, ContributionEvent> = {
  kind: 'contribution',
  initial: { status: 'none', version: 0 },
  apply(post, event, { version }) {
    if (event.type === 'reviews.contributed') {
      const { kind, productId, parentId, userId, rating, status } = event
      return {
        status,
        version,
        kind,
        productId,
        parentId,
        userId,
        rating,
        helpful: 0,
        reports: 0,
      }
    }
    if (!isPresent(post)) return { ...post, version }
    switch (event.type) {
      case 'reviews.changed':
        return { ...post, version, rating: event.rating, status: event.status }
      case 'reviews.moderated':
        // Staff have looked: what was reported before is dealt with.
        return { ...post, version, status: event.status, reports: 0 }
      case 'reviews.removed':
        return { status: 'removed', version }
      case 'reviews.vote-cast':
        return { ...post, version, helpful: post.helpful + 1 }
      case 'reviews.vote-withdrawn':
        return { ...post, version, helpful: Math.max(0, post.helpful - 1) }
      case 'reviews.reported':
        return { ...post, version, reports: post.reports + 1 }
    }
  },
}
