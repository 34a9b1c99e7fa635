import { statement } from '#platform/db/statement'

export interface TriesRow {
  readonly tries: number
  readonly ends_at: Date
}

export const triesOf = statement<TriesRow>(
  'identity.tries-of',
  'select tries, ends_at from identity.sign_in_tries where tenant_id = $1 and bucket = $2',
)

export const lapsedTries = statement<{ readonly bucket: string }>(
  'identity.lapsed-tries',
  `select bucket from (
       select * from identity.sign_in_tries where tenant_id = $1 and ends_at <= $2
       order by ends_at limit $3) as lapsed order by bucket`,
)
