import type { Platform } from '#platform/context'
import type { Instant } from '#platform/clock'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import type { IdentityRefusal, Notice, Purpose } from '../contract.ts'
import type { SecretBox, SecretTexts } from '../domain/ports.ts'
import { NOTICE_SECONDS, sealedFor, TOKEN_SECONDS } from '../domain/single-use.ts'
import { readToken, writeToken } from '../domain/token.ts'
import { noticeTable, tokenTable } from '../store/tables.ts'
import { tokenOf } from '../store/tokens.ts'

export interface TokenParts {
  readonly texts: SecretTexts
  readonly box: SecretBox
}

/**
 * A token of 256 bits for one user and one purpose: its hash to compare with, and the notice that
 * brings it. An earlier one of the purpose is good no longer.
 */
export function newToken(
  { texts, box }: TokenParts,
  tenant: TenantId,
  userId: Id,
  purpose: Purpose,
  /** Of an `email-change`: the address it is good for and sent to. */
  email: string | null = null,
): (at: Instant) => readonly Write[] {
  const secret = texts.make()
  const secretHash = texts.hash(secret)
  const text = writeToken({ id: userId, secret })
  const sealed = box.seal(text, sealedFor(tenant, userId, purpose))
  return (at) => {
    const expiresAt = isoOf(at + TOKEN_SECONDS[purpose] * 1000)
    return [
      {
        table: tokenTable,
        verb: 'upsert',
        row: { user_id: userId, purpose, secret_hash: secretHash, expires_at: expiresAt, email },
      },
      noticeRow(userId, { kind: purpose, email, sealed }, at, expiresAt),
    ]
  }
}

/** A notice that brings no token, to the address of the user or to one they had before. */
export function notice(
  userId: Id,
  kind: 'password-changed' | 'email-changed',
  at: Instant,
  email: string | null = null,
): Write {
  const said = { kind, email, sealed: null }
  return noticeRow(userId, said, at, isoOf(at + NOTICE_SECONDS * 1000))
}

function noticeRow(
  userId: Id,
  { kind, email, sealed }: Pick<Notice, 'kind' | 'email'> & { readonly sealed: string | null },
  at: Instant,
  expiresAt: string,
): Write {
  return {
    table: noticeTable,
    verb: 'upsert',
    row: {
      user_id: userId,
      kind,
      email,
      sealed_token: sealed,
      created_at: isoOf(at),
      expires_at: expiresAt,
    },
  }
}

/** A token and its notice go, whatever its secret: it was replaced, or must not be good any more. */
export function dropToken(userId: Id, purpose: Purpose): readonly Write[] {
  return [
    { table: tokenTable, verb: 'delete', row: { user_id: userId, purpose } },
    { table: noticeTable, verb: 'delete', row: { user_id: userId, kind: purpose } },
  ]
}

/** A token that was found to be good just now. Only one commit uses it up. */
export interface FoundToken {
  readonly userId: Id
  /** Of an `email-change`: the address it is good for. */
  readonly email: string | null
  /** Refuses when its time is over; the rows refuse the commit when another was quicker. */
  use(at: Instant): Outcome<readonly Write[], IdentityRefusal>
}

/** Looks a token up. What is wrong with one is not told: it has expired, was used, or never was. */
export async function findToken(
  { reads }: Pick<Platform, 'reads'>,
  texts: SecretTexts,
  tenant: TenantId,
  text: string,
  purpose: Purpose,
): Promise<Outcome<FoundToken, IdentityRefusal>> {
  const invalid: IdentityRefusal = { code: 'identity.token-invalid' }
  const given = readToken(text)
  if (given === undefined) return refuse(invalid)
  const { id: userId, secret } = given
  const [row] = await reads.read(tenant, tokenOf, [tenant, userId, purpose])
  if (row === undefined || !texts.equal(row.secret_hash, texts.hash(secret))) {
    return refuse(invalid)
  }
  const { secret_hash: secretHash, expires_at: expiresAt } = row
  return accept({
    userId,
    email: row.email,
    use(at) {
      if (expiresAt.getTime() <= at) return refuse(invalid)
      return accept([
        {
          table: tokenTable,
          verb: 'delete',
          row: { user_id: userId, purpose },
          when: { secret_hash: secretHash },
          orRefuse: invalid,
        },
        { table: noticeTable, verb: 'delete', row: { user_id: userId, kind: purpose } },
      ])
    },
  })
}

function isoOf(at: Instant): string {
  return new Date(at).toISOString()
}
