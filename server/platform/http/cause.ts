import { createHmac } from 'node:crypto'

import { refuse, type Outcome, type Refusal } from '../outcome.ts'
import type { Actor } from './route.ts'

const MAX_KEY_LENGTH = 255

/** A key as sent by the client; `undefined` when none was sent. */
export type KeyOutcome = Outcome<string | undefined>

/**
 * Reads the client's idempotency key (requirement R3). Both spellings of the header may be sent if
 * they agree.
 */
export function idempotencyKey(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): KeyOutcome {
  const plain = headers['idempotency-key']
  const prefixed = headers['x-idempotency-key']
  if (plain === undefined && prefixed === undefined) return { ok: true, value: undefined }

  const key = plain ?? prefixed
  if (plain !== undefined && prefixed !== undefined && plain !== prefixed) {
    return refuse(invalid('differs from X-Idempotency-Key'))
  }
  if (typeof key !== 'string') return refuse(invalid('must be sent once'))
  if (key.length > MAX_KEY_LENGTH) {
    return refuse({ code: 'request.key-too-long', length: key.length } as Refusal)
  }
  if (!/^[\x21-\x7e]+$/.test(key)) return refuse(invalid('must be visible ASCII characters'))
  return { ok: true, value: key }
}

function invalid(message: string): Refusal {
  const errors = [{ in: 'header', pointer: '/idempotency-key', message }]
  return { code: 'request.invalid', errors } as Refusal
}

export type GuestName = (ip: string, userAgent: string | undefined) => string

/** Names whoever has no account: the same device behind the same address, and nothing that tells which. */
export function guestNamer(secret: Buffer): GuestName {
  return (ip, userAgent) => {
    const mac = createHmac('sha256', secret).update(`${ip}\n${userAgent ?? ''}`)
    return `guest/${mac.digest('base64url').slice(0, 22)}`
  }
}

export function callerOf(actor: Actor, guest: () => string): string {
  return actor.kind === 'user' ? `user/${actor.id}` : guest()
}

/** Tells two requests of one key apart. */
export type Fingerprint = (method: string, url: string, body: unknown) => string

/**
 * HMAC-SHA-256 of method, path with query, and the body with its fields in order. Keyed, because it
 * is stored and bodies hold passwords: a bare hash would let a thief of the database guess them at
 * the speed of SHA-256.
 */
export function fingerprinter(secret: Buffer): Fingerprint {
  return (method, url, body) =>
    createHmac('sha256', secret)
      .update(`${method} ${url}\n${canonical(body)}`)
      .digest('base64url')
}

/** JSON with sorted keys and no spaces, so that only what is said counts and not how (cf. RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>
    const members = Object.keys(fields)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value) ?? ''
}
