/** A refusal is a value with a public code; only bugs and broken machines are thrown. */
export interface Refusal {
  /** `<context>.<kebab>`, stable for ever; the facts beside it are sent to the caller as they are. */
  readonly code: string
}

export type Outcome<T, R extends Refusal = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R }

export function accept<const T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function refuse<R extends Refusal>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal }
}

/**
 * Thrown when the machine, not the caller, is at fault and trying again may help: the queue is
 * full, the database is away, a conflict did not settle. Answered with 503 and `Retry-After`.
 */
export class Unavailable extends Error {
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds = 1, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Unavailable'
    this.retryAfterSeconds = retryAfterSeconds
  }
}
