import { createHash } from 'node:crypto'

/** Why the provider says no; `code` is stable, `message` is for people. */
export interface Rejection {
  readonly status: 404 | 409 | 422
  readonly code: string
  readonly message: string
}

export function rejected(code: string, message: string): { readonly rejection: Rejection } {
  return { rejection: { status: 409, code, message } }
}

export const keyReused = {
  rejection: {
    status: 422,
    code: 'idempotency_key_reused',
    message: 'This Idempotency-Key was used for another request.',
  },
} as const

export const unknownCharge = {
  rejection: { status: 404, code: 'charge_unknown', message: 'There is no such charge.' },
} as const

/** What a key was used for, to be compared when it comes again. */
export function fingerprintOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}
