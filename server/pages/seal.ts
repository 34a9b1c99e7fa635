import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

import type { Secrets } from '#platform/auth/secrets'

const IV_BYTES = 12
const TAG_BYTES = 16

/** Text that only processes of this deployment can make or read. */
export interface Seal {
  close(text: string): string
  /** Undefined for what was not sealed here, or so long ago that the secret has gone. */
  open(sealed: string): string | undefined
}

/** AES-256-GCM with a random IV: a cookie is sealed some times an hour, far from where IVs meet. */
export function openSeal(secrets: Secrets, purpose: string): Seal {
  const { current, previous } = secrets.derive(purpose)
  return {
    close(text) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', current, iv)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined
      for (const key of previous === undefined ? [current] : [current, previous]) {
        const text = opened(bytes, key)
        if (text !== undefined) return text
      }
      return undefined
    },
  }
}

function opened(bytes: Buffer, key: Buffer): string | undefined {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
    cipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    const rest = bytes.subarray(IV_BYTES + TAG_BYTES)
    return Buffer.concat([cipher.update(rest), cipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
