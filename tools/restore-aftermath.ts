/** What follows a restore to a moment, whoever made it: the era, the books, the proof. */
import pg from 'pg'

import { compose } from '../server/compose.ts'
import type { Config } from '../server/config.ts'
import type { Accounted } from '../server/contexts/checkout/contract.ts'
import { type Secrets } from '../server/platform/auth/secrets.ts'
import { CannotStart } from '../server/platform/cannot-start.ts'
import { migrate } from '../server/platform/db/migrate.ts'
import { explainDatabaseError } from '../server/platform/db/trouble.ts'
import type { TenantId } from '../server/platform/ids.ts'
import { raiseEra } from '../server/platform/log/eras.ts'
import { openPlatform } from '../server/platform/open.ts'
import { openLog } from '../server/platform/telemetry/log.ts'
import { chargesAt } from './verify/provider.ts'
import { sentences, verify } from './verify/verify.ts'

/** A charge that was begun so long before the moment may have ended after it. */
const UNDER_WAY_HOURS = 2

export interface AftermathOptions {
  /** Of the superuser. */
  readonly adminUrl: string
  readonly config: Config
  readonly secrets: Secrets
  /** Absent: the books are not compared, and somebody must do so before the shop sells. */
  readonly providerUrl: string | undefined
  /** The moment that was restored. */
  readonly moment: Date
  readonly isGivingBack: boolean
  /** The database was brought back by means that leave no trace in it. */
  readonly isRestored: boolean
  readonly onProgress?: (words: string) => void
}

export interface Aftermath {
  readonly era: number
  /** Of the invariants, without the provider: a restored database must have none. */
  readonly violationsBefore: readonly string[]
  /** With the provider, when everything is settled. */
  readonly violationsAfter: readonly string[]
  /** How many charges and refunds came to what. */
  readonly tally: Readonly<Record<string, number>>
  /** What people have to look at. */
  readonly forPeople: readonly Accounted[]
  /** Whether the provider was asked. */
  readonly isAccounted: boolean
  readonly seconds: { readonly verify: number; readonly account: number }
}

/**
 * Raises the era, verifies, settles what the provider did since a little before the moment, and verifies
 * again. No shop may run on the database meanwhile. Throws `CannotStart` for what an operator can mend.
 */
export async function settleAftermath(options: AftermathOptions): Promise<Aftermath> {
  const { adminUrl, secrets, isRestored, onProgress = () => {} } = options
  const admin = new pg.Client({ connectionString: adminUrl })
  admin.on('error', () => {})
  await admin.connect().catch((error: unknown) => {
    throw explainDatabaseError(error, adminUrl)
  })
  try {
    await mustBeQuiet(admin)
    onProgress('Bringing the database up to date')
    await migrate(adminUrl, secrets, {})
    const era = await raiseEra(admin, { isRestored })
    onProgress('Verifying')
    const begun = performance.now()
    const violationsBefore = sentences(await verify(admin))
    const verified = performance.now()
    onProgress('Comparing the books with those of the provider')
    const account = await accountWith(admin, options)
    const accounted = performance.now()
    const { providerUrl, config } = options
    // Stripe's lists are asked for the time that is lost only; all of them are too long to compare.
    const charges =
      providerUrl === undefined || config.stripeSecretKey !== undefined
        ? undefined
        : chargesAt(providerUrl)
    onProgress('Verifying once more')
    const violationsAfter = sentences(await verify(admin, { charges }))
    return {
      era,
      violationsBefore,
      violationsAfter,
      ...account,
      seconds: {
        verify: (verified - begun + performance.now() - accounted) / 1000,
        account: (accounted - verified) / 1000,
      },
    }
  } finally {
    await admin.end()
  }
}

/** Writers remember the era they began in, and buyers must not meet books that are being settled. */
async function mustBeQuiet(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ who: number }>(
    `select count(*)::int as who from pg_stat_activity
     where datname = current_database() and usename in ('torg_writer', 'torg_reader', 'torg_app')`,
  )
  if (rows[0]?.who === 0) return
  throw new CannotStart('A shop runs on this database; stop every process of it first.')
}

async function accountWith(
  admin: pg.Client,
  { adminUrl, config, secrets, providerUrl, moment, isGivingBack }: AftermathOptions,
): Promise<Pick<Aftermath, 'tally' | 'forPeople' | 'isAccounted'>> {
  if (providerUrl === undefined) return { tally: {}, forPeople: [], isAccounted: false }
  const log = openLog({ service: 'torg-restore', level: 'warn', pod: config.pod })
  await using platform = await openPlatform({ config, secrets, log, adminUrl })
  const { accountFor } = compose(platform, { paymentProviderUrl: providerUrl })
  const tally: Record<string, number> = {}
  const forPeople: Accounted[] = []
  const since = moment.getTime() - UNDER_WAY_HOURS * 3600 * 1000
  const shopsOf = (paymentIds: readonly string[]) => shopsOfPayments(admin, paymentIds)
  const done = await accountFor({ since, shopsOf, isGivingBack }, (accounted) => {
    const { kind, what, why } = accounted
    const name = `${kind} ${what}`
    tally[name] = (tally[name] ?? 0) + 1
    if (what === 'for-people' || why !== undefined) forPeople.push(accounted)
  })
  if (!done.ok) {
    throw new CannotStart(
      'The payment provider does not answer, so what it took is not settled; when it is back, run `npm run restore -- --adopt --since` with the same moment.',
    )
  }
  return { tally, forPeople, isAccounted: true }
}

/** A payment's id does not say whose it is, so every shop is asked, by its key. */
async function shopsOfPayments(
  admin: pg.Client,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, TenantId>> {
  const { rows } = await admin.query<{ id: string; tenant: TenantId }>(
    `select asked.id, s.tenant_id as tenant
     from unnest($1::text[]) as asked (id) cross join tenants.shops as shop
       join platform.streams s on s.tenant_id = shop.id and s.stream = 'payment/' || asked.id`,
    [paymentIds],
  )
  return new Map(rows.map(({ id, tenant }) => [id, tenant]))
}
