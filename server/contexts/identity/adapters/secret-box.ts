import { createCipheriv, createDecipheriv } from 'node:crypto'

import type { SecretBox } from '../domain/ports.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM over a source of secrets, handed in: each seal takes a nonce of its own from it. What
 * the previous key sealed is still opened, as long as there is one.
 */
export function openSecretBox(
  makeSecret: () => string,
  keys: { readonly current: Buffer; readonly previous: Buffer | undefined },
): SecretBox {
  return {
    seal(text, about) {
      const iv = Buffer.from(makeSecret(), 'base64url').subarray(0, IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keys.current, iv).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url')
      return opened(keys.current, bytes, about) ?? opened(keys.previous, bytes, about)
    },
  }
}

function opened(key: Buffer | undefined, bytes: Buffer, about: string): string | undefined {
  if (key === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(about))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: sealed under another key or about something else.
    return undefined
  }
}
