import { hkdfSync } from 'node:crypto'

/**
 * Everything secret is derived from one value (`TORG_SECRET`) by HKDF-SHA256 (RFC 5869), so that
 * every process of a deployment agrees and nothing secret is in the database.
 */
export interface Secrets {
  /** 32 bytes for one purpose: `order-token`, `jwt`. `previous` comes from `TORG_SECRET_PREVIOUS`. */
  derive(purpose: string): { readonly current: Buffer; readonly previous: Buffer | undefined }
}

/** Fixed for ever: another salt would end every token and lock every process out of the database. */
const SALT = 'torg/1'

/** Secrets of one value, and of the one it replaced while tokens of that one still live. */
export function secretsFrom(current: string, previous?: string): Secrets {
  const of = (value: string, purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', value, SALT, purpose, 32))
  return {
    derive: (purpose) => ({
      current: of(current, purpose),
      previous: previous === undefined ? undefined : of(previous, purpose),
    }),
  }
}
