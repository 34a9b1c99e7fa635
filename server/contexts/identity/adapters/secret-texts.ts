import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

import type { SecretTexts } from '../domain/ports.ts'

/** Over a source of secrets, handed in, and two keys of the deployment. */
export function openSecretTexts(
  make: () => string,
  keys: { readonly disguise: Buffer; readonly next: Buffer },
): SecretTexts {
  const keyed = (key: Buffer, text: string): string =>
    createHmac('sha256', key).update(text).digest('base64url')
  return {
    make,
    hash: (text) => createHash('sha256').update(text).digest('base64url'),
    disguise: (text) => keyed(keys.disguise, text),
    next: (text) => keyed(keys.next, text),
    equal: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
  }
}
