import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome, type Refusal } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream, type Write } from '#platform/write/commit'

import type {
  Contribution,
  ContributionEvent,
  Done,
  ReviewCommands,
  ReviewRefusal,
} from '../contract.ts'
import { contributions, isPresent, type Present } from '../domain/contribution.ts'
import { ratings, type Counted } from '../domain/rating.ts'
import { byId } from '../store/contributions.ts'
import type { KnownSettings } from '../store/settings.ts'
import { contributionTable, markTable, settingTable, writtenTable } from '../store/tables.ts'
import { rated } from './rated.ts'

/** The user's mark is there already, or gone already; never leaves this file. */
const MARKED: Refusal = { code: 'reviews.marked' }

type Parts = Pick<Platform, 'write' | 'reads' | 'clock'>

/** What a contribution becomes: its event, what of it counts then, and rows. */
interface Turn {
  readonly event: ContributionEvent
  readonly now: Counted | undefined
  readonly rows: readonly Write[]
}

/** Decides on a contribution together with the rating of its product. */
async function turn(
  { write, reads }: Parts,
  tenant: Tenant,
  id: Id,
  cause: Cause,
  decide: (post: Present, version: number) => Outcome<Turn, ReviewRefusal>,
): Promise<Outcome<Done<Contribution>>> {
  const unknown = refused({ code: 'reviews.unknown', contributionId: id })
  const [row] = await reads.read(tenant.id, byId, [tenant.id, id])
  if (row === undefined) return unknown
  return write({
    tenant: tenant.id,
    ...cause,
    streams: { contribution: stream(contributions, id), rating: stream(ratings, row.product_id) },
    decide({ contribution, rating: { counts } }) {
      if (!isPresent(contribution)) return unknown
      const version = contribution.version + 1
      const turned = decide(contribution, version)
      if (!turned.ok) return turned
      const { event, now, rows } = turned.value
      const counted = rated(contribution.productId, counts, contribution, now)
      return accept({
        append: {
          contribution: [event],
          rating: counted.events,
        },
        rows: [...rows, ...counted.rows],
        answer: {
          id,
          status: now === undefined ? contribution.status : (now.status as Contribution['status']),
          version,
        },
      })
    },
  })
}

export function moderate(parts: Parts): ReviewCommands['moderate'] {
  return (tenant, id, { status, because }, cause) =>
    turn(parts, tenant, id, cause, (post, version) =>
      accept({
        event: { type: 'reviews.moderated', status, because },
        now: { status, rating: post.rating },
        rows: [
          {
            table: contributionTable,
            verb: 'update',
            row: { id, status, because, reports: 0, version },
          },
        ],
      }),
    )
}

export function remove(parts: Parts): ReviewCommands['remove'] {
  return (tenant, actor, id, cause) =>
    turn(parts, tenant, id, cause, ({ kind, userId, productId }) => {
      const isStaff = actor.roles.some((role) => role === 'staff' || role === 'admin')
      if (!isStaff && userId !== actor.id) {
        return refused({ code: 'reviews.unknown', contributionId: id })
      }
      const written: Write = {
        table: writtenTable,
        verb: 'delete',
        row: { product_id: productId, user_id: userId },
      }
      return accept({
        event: { type: 'reviews.removed' },
        now: undefined,
        rows: [
          { table: contributionTable, verb: 'delete', row: { id } },
          ...(kind === 'review' ? [written] : []),
        ],
      })
    })
}

/** A mark is a row of its own: whoever gets it in, or out, is counted. */
export function vote(parts: Parts): ReviewCommands['vote'] {
  return async (tenant, userId, id, isHelpful, cause) => {
    const row = { contribution_id: id, kind: 'helpful', user_id: userId }
    const outcome = await turn(parts, tenant, id, cause, (post, version) => {
      if (post.status !== 'shown') return refused({ code: 'reviews.unknown', contributionId: id })
      if (post.userId === userId) return refused({ code: 'reviews.own', contributionId: id })
      const helpful = Math.max(0, post.helpful + (isHelpful ? 1 : -1))
      return accept({
        event: { type: isHelpful ? 'reviews.vote-cast' : 'reviews.vote-withdrawn', userId },
        now: post,
        rows: [
          {
            table: markTable,
            verb: isHelpful ? 'insert' : 'delete',
            row: isHelpful ? { ...row, because: null } : row,
            orRefuse: MARKED,
          },
          { table: contributionTable, verb: 'update', row: { id, helpful, version } },
        ],
      })
    })
    return settled(outcome)
  }
}

export function report(parts: Parts): ReviewCommands['report'] {
  return async (tenant, userId, id, because, cause) => {
    const outcome = await turn(parts, tenant, id, cause, (post, version) => {
      if (post.status !== 'shown') return refused({ code: 'reviews.unknown', contributionId: id })
      if (post.userId === userId) return refused({ code: 'reviews.own', contributionId: id })
      return accept({
        event: { type: 'reviews.reported', userId, because },
        now: post,
        rows: [
          {
            table: markTable,
            verb: 'insert',
            row: { contribution_id: id, kind: 'report', user_id: userId, because },
            orRefuse: MARKED,
          },
          {
            table: contributionTable,
            verb: 'update',
            row: { id, reports: post.reports + 1, version },
          },
        ],
      })
    })
    return settled(outcome)
  }
}

/** What was done already is as good as done. */
function settled(outcome: Outcome<unknown>): Outcome<null> {
  return outcome.ok || outcome.refusal.code === MARKED.code ? accept(null) : outcome
}

export function changeSettings(
  { write }: Pick<Platform, 'write'>,
  settings: KnownSettings,
): ReviewCommands['set'] {
  return async (tenant, { showsAtOnce }, cause) => {
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: {},
      decide: () =>
        accept({
          rows: [{ table: settingTable, verb: 'upsert', row: { shows_at_once: showsAtOnce } }],
          answer: { showsAtOnce },
        }),
    })
    settings.forget(tenant.id)
    return outcome
  }
}

function refused(refusal: ReviewRefusal) {
  return refuse(refusal)
}
