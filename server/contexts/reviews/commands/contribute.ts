import { createHash } from 'node:crypto'

import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { newStream, stream, type Write } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import type {
  Contribution,
  ContributionKind,
  ContributionStatus,
  Done,
  Flag,
  ReviewCommands,
  ReviewRefusal,
  Standing,
  Words,
} from '../contract.ts'
import { essence, flagsOf } from '../domain/checks.ts'
import { contributions, isPresent } from '../domain/contribution.ts'
import { ratings } from '../domain/rating.ts'
import { bought, byId, countSince, repetition } from '../store/contributions.ts'
import type { KnownSettings } from '../store/settings.ts'
import { contributionTable, writtenTable } from '../store/tables.ts'
import { rated } from './rated.ts'

/** What one user may contribute to a shop in a day. */
const DAILY = 20
const DAY_MS = 24 * 3600 * 1000

export interface Parts {
  readonly platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>
  readonly offers: Pick<Offers, 'skusOf'>
  readonly settings: KnownSettings
}

/** A contribution that is ready to be recorded. */
interface Ready {
  readonly kind: ContributionKind
  readonly productId: Id
  readonly parentId: Id | null
  readonly userId: Id
  readonly rating: number | null
  readonly standing: Standing
  readonly words: Words
}

export function contribute(parts: Parts): Pick<ReviewCommands, 'review' | 'ask' | 'answer'> {
  const about = async (
    tenant: Tenant,
    userId: Id,
    { productId, rating, ...words }: Words & { productId: Id; rating?: number },
    cause: Cause,
  ): Promise<Outcome<Done<Contribution>>> => {
    const skus = await parts.offers.skusOf(tenant.id, productId)
    if (skus.length === 0) return refused({ code: 'reviews.product-unknown', productId })
    const standing = await standingOf(parts, tenant.id, userId, productId)
    const kind = rating === undefined ? 'question' : 'review'
    const ready = { kind, productId, userId, standing, words, parentId: null } as const
    return record(parts, tenant, { ...ready, rating: rating ?? null }, cause)
  }
  return {
    review: about,
    ask: about,
    async answer(tenant, actor, { parentId, ...words }, cause) {
      const [parent] = await parts.platform.reads.read(tenant.id, byId, [tenant.id, parentId])
      if (parent === undefined || parent.status !== 'shown') {
        return refused({ code: 'reviews.unknown', contributionId: parentId })
      }
      if (parent.kind === 'answer') {
        return refused({ code: 'reviews.not-answerable', contributionId: parentId })
      }
      const productId = parent.product_id
      const isStaff = actor.roles.some((role) => role === 'staff' || role === 'admin')
      const standing = isStaff ? 'staff' : await standingOf(parts, tenant.id, actor.id, productId)
      if (standing === 'anyone') return refused({ code: 'reviews.not-a-buyer', productId })
      if (standing === 'buyer' && parent.kind === 'review') {
        return refused({ code: 'reviews.not-answerable', contributionId: parentId })
      }
      const ready = { kind: 'answer', productId, parentId, userId: actor.id, rating: null } as const
      return record(parts, tenant, { ...ready, standing, words }, cause)
    },
  }
}

async function standingOf(
  { platform }: Parts,
  tenant: TenantId,
  userId: Id,
  productId: Id,
): Promise<Standing> {
  const found = await platform.reads.read(tenant, bought, [tenant, userId, productId])
  return found.length > 0 ? 'buyer' : 'anyone'
}

async function record(
  parts: Parts,
  tenant: Tenant,
  ready: Ready,
  cause: Cause,
): Promise<Outcome<Done<Contribution>>> {
  const { write, ids, clock } = parts.platform
  const { kind, productId, parentId, userId, rating, standing, words } = ready
  const tooMany = await overDaily(parts, tenant.id, userId)
  if (tooMany !== undefined && standing !== 'staff') return refused(tooMany)
  const id = ids.next()
  const now = new Date(clock.now()).toISOString()
  const { status, ...columns } = await readWords(parts, tenant, { id, standing, words })
  return write({
    tenant: tenant.id,
    ...cause,
    streams: {
      contribution: newStream(contributions, id),
      rating: stream(ratings, productId),
    },
    decide({ rating: { counts } }) {
      const counted = rated(productId, counts, undefined, { status, rating })
      const facts = { kind, productId, parentId, userId, rating, status, standing }
      const written: Write = {
        table: writtenTable,
        verb: 'insert',
        row: { product_id: productId, user_id: userId },
        orRefuse: { code: 'reviews.already-written', productId } as ReviewRefusal,
      }
      return accept({
        append: {
          contribution: [{ type: 'reviews.contributed', ...facts }],
          rating: counted.events,
        },
        rows: [
          ...(kind === 'review' ? [written] : []),
          {
            table: contributionTable,
            verb: 'insert',
            row: {
              id,
              kind,
              product_id: productId,
              parent_id: parentId,
              user_id: userId,
              standing,
              rating,
              status,
              because: null,
              ...columns,
              helpful: 0,
              reports: 0,
              version: 1,
              created_at: now,
              updated_at: now,
            },
          },
          ...counted.rows,
        ],
        answer: { id, status, version: 1 },
      })
    },
  })
}

/** The author's own words anew, and the stars of a review. */
export function changeWords(parts: Parts): ReviewCommands['change'] {
  return async (tenant, userId, id, { rating, ...words }, cause) => {
    const { write, reads, clock } = parts.platform
    const [row] = await reads.read(tenant.id, byId, [tenant.id, id])
    const unknown = refused({ code: 'reviews.unknown', contributionId: id })
    if (row === undefined || row.user_id !== userId) return unknown
    if (rating !== undefined && row.kind !== 'review') {
      return refused({ code: 'reviews.rating-misplaced', kind: row.kind })
    }
    const { standing } = row
    const { status, ...columns } = await readWords(parts, tenant, { id, standing, words })
    return write({
      tenant: tenant.id,
      ...cause,
      streams: {
        contribution: stream(contributions, id),
        rating: stream(ratings, row.product_id),
      },
      decide({ contribution, rating: { counts } }) {
        if (!isPresent(contribution) || contribution.userId !== userId) return unknown
        const now = { status, rating: rating ?? contribution.rating }
        const counted = rated(contribution.productId, counts, contribution, now)
        const version = contribution.version + 1
        return accept({
          append: {
            contribution: [{ type: 'reviews.changed', ...now }],
            rating: counted.events,
          },
          rows: [
            {
              table: contributionTable,
              verb: 'update',
              row: {
                id,
                ...columns,
                ...now,
                because: null,
                version,
                updated_at: new Date(clock.now()).toISOString(),
              },
            },
            ...counted.rows,
          ],
          answer: { id, status, version },
        })
      },
    })
  }
}

/** The columns of words, and whether others may read them before somebody of the shop has. */
async function readWords(
  { platform, settings }: Parts,
  tenant: Tenant,
  { id, standing, words }: { readonly id: Id; readonly standing: Standing; readonly words: Words },
) {
  const { name, title, text, language = tenant.languages[0] ?? 'en' } = words
  const said = createHash('sha256')
    .update(essence(`${title ?? ''} ${text}`))
    .digest('base64url')
  const [repeated, { showsAtOnce }] = await Promise.all([
    platform.reads.read(tenant.id, repetition, [tenant.id, said, id]),
    settings.of(tenant.id),
  ])
  const flags: Flag[] = standing === 'staff' ? [] : flagsOf(words, repeated.length > 0)
  const isShown = standing === 'staff' || (showsAtOnce && flags.length === 0)
  const status: ContributionStatus = isShown ? 'shown' : 'waiting'
  return { status, name, title: title ?? null, text, language, flags, essence: said }
}

/** Soft: requests that come at once may each be the last that was allowed. */
async function overDaily(
  { platform: { reads, clock } }: Parts,
  tenant: TenantId,
  userId: Id,
): Promise<ReviewRefusal | undefined> {
  const since = clock.now() - DAY_MS
  const [found] = await reads.read(tenant, countSince, [tenant, userId, since, DAILY])
  if (found === undefined || found.count < DAILY || found.oldest === null) return undefined
  const retryAfterSeconds = Math.max(1, Math.ceil((found.oldest.getTime() - since) / 1000))
  return { code: 'reviews.too-many', limit: DAILY, retryAfterSeconds }
}

function refused(refusal: ReviewRefusal) {
  return refuse(refusal)
}
