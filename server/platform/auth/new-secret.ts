import { randomBytes } from 'node:crypto'

/** 256 random bits as 43 characters (base64url): nobody guesses it, so a plain hash of it may be stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
