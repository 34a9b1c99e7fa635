/**
 * Thrown when the program cannot start, or go on, for a reason its operator can mend: a taken port,
 * a full disk, a wrong `DATABASE_URL`. The message is one sentence for that person (with a second
 * one that says what to do); it is printed as it stands, without a stack, and the exit code is 1.
 */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CannotStart'
  }
}

/** The code of a system or PostgreSQL error (`ENOSPC`, `28P01`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
