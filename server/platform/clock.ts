/** An instant as milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Tells the time; the real one follows the database's clock, which alone judges time limits. */
export interface Clock {
  now(): Instant
}
