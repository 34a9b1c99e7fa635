import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

import type { SecretTexts } from '../domain/ports.ts'

/** Over a source of secrets, handed in, and a key of the deployment. */
export function openSecretTexts(make: () => string, key: Buffer): SecretTexts {
  return {
    make,
    hash: (text) => createHash('sha256').update(text).digest('base64url'),
    disguise: (text) => createHmac('sha256', key).update(text).digest('base64url'),
    equal: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
  }
}
