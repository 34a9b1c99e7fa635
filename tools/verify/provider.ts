import type pg from 'pg'

/** A charge as the provider tells it; amounts are minor units. */
export interface ProviderCharge {
  readonly id: string
  /** The id of the payment. */
  readonly reference: string
  readonly amount: number
  readonly amountRefunded: number
  readonly currency: string
  /** Absent means that it was taken. */
  readonly status?: string
}

/** All charges of a provider, some at a time. */
export type Charges = () => AsyncIterable<readonly ProviderCharge[]>

/** The list of a provider that speaks as the test provider does; throws when it does not answer. */
export function chargesAt(url: string): Charges {
  return async function* pages() {
    for (let after: string | null = ''; after !== null;) {
      const from: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const answer = await fetch(`${url}/v1/charges?limit=1000${from}`)
      if (!answer.ok) throw new Error(`the payment provider answered ${answer.status}`)
      const page = (await answer.json()) as { items: ProviderCharge[]; next: string | null }
      yield page.items
      after = page.next
    }
  }
}

/**
 * Puts what the provider says where the checks compare it, before they see the database as it is
 * then: a charge that came first is booked or being made, so a running shop is no violation.
 */
export async function loadCharges(client: pg.ClientBase, charges: Charges): Promise<number> {
  await client.query(`create temp table asked as select clock_timestamp() as at`)
  await client.query(
    `create temp table charges (id text, reference text, amount bigint, currency text, refunded bigint)`,
  )
  let count = 0
  for await (const page of charges()) {
    const taken = page.filter(({ status = 'succeeded' }) => status === 'succeeded')
    count += taken.length
    await client.query(
      `insert into pg_temp.charges select * from unnest($1::text[], $2::text[], $3::bigint[],
         $4::text[], $5::bigint[])`,
      [
        taken.map(({ id }) => id),
        taken.map(({ reference }) => reference),
        taken.map(({ amount }) => amount),
        taken.map(({ currency }) => currency),
        taken.map(({ amountRefunded }) => amountRefunded),
      ],
    )
  }
  await client.query('analyze pg_temp.charges')
  return count
}

/** Removes what `loadCharges` made. */
export async function forgetCharges(client: pg.ClientBase): Promise<void> {
  await client.query('drop table if exists pg_temp.charges, pg_temp.asked')
}
