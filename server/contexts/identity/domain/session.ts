/** Seven days (ARCHITECTURE.md section 9). */
export const SESSION_SECONDS = 7 * 24 * 3600

/** A refresh token in its two parts: which session, and the secret that proves it. */
export interface RefreshToken {
  readonly sessionId: string
  readonly secret: string
}

/** `<session id>.<256 bits>`: the id says whose session an old secret was stolen from. */
export function writeRefreshToken({ sessionId, secret }: RefreshToken): string {
  return `${sessionId}.${secret}`
}

/** Undefined for what no one of us wrote. */
export function readRefreshToken(text: string): RefreshToken | undefined {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(text)
  const [, sessionId, secret] = found ?? []
  return sessionId === undefined || secret === undefined ? undefined : { sessionId, secret }
}
