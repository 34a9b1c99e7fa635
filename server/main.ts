/**
 * Starts one process. `node server/main.ts` is the whole system; `node server/main.ts api` and
 * `node server/main.ts worker` are its halves, run as many times as the load asks.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { bannerText, workerBannerText } from './banner.ts'
import { compose, type Composed } from './compose.ts'
import type { Config } from './config.ts'
import { seedDemo } from './demo/seed.ts'
import { DEMO_PASSWORD, DEMO_USERS } from './demo/users.ts'
import type { Worker } from './platform/assemble.ts'
import { openPages } from './pages/pages.ts'
import { openTokens } from './platform/auth/tokens.ts'
import { type Places, placesIn } from './platform/cache/places.ts'
import type { SecondLevel } from './platform/cache/second-level.ts'
import { openSharing, type Sharing } from './platform/cache/sharing.ts'
import type { FollowedTail, Tail } from './platform/cache/tail.ts'
import { measureBackups } from './platform/db/backup-ages.ts'
import type { MetricsReaders } from './platform/http/platform-routes.ts'
import { openHttp } from './platform/http/server.ts'
import {
  measure,
  openPlatform,
  openSecondLevel,
  openTailFor,
  openWorker,
  type OpenPlatform,
} from './platform/open.ts'
import { checkPort, explainListenError, type Life, type Listening, run } from './platform/run.ts'
import { openDatabase, openPaymentProvider, openSecrets } from './platform/surroundings.ts'
import { openMetrics } from './platform/telemetry/metrics.ts'

const here = import.meta.dirname

/** Where `tools/build-store.ts` leaves the storefront. */
const STORE = join(here, '..', 'build', 'store')

/** The banner and the first page name so many shops of a deployment that may have thousands. */
const SHOPS_SHOWN = 100

// Under `npm start` a channel leads to the launcher. Should that be killed, nobody could stop this
// program any more, and it would keep the port from the next start.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

await run(async (life) => {
  const since = performance.now()
  const { config, log, running } = life
  const isApi = config.roles.includes('api')
  const { host } = config
  const wanted: Listening = isApi
    ? { host, port: config.port, variable: 'PORT' }
    : { host, port: config.workerPort, variable: 'WORKER_PORT' }
  await checkPort(wanted)
  const secrets = await openSecrets(config)
  const database = await openDatabase(life, secrets)
  const testProvider = join(here, 'test-provider', 'main.ts')
  const paymentProviderUrl = await openPaymentProvider(life, testProvider, secrets)

  const surroundings = { config, secrets, log, ...database }
  const platform = running.use(await openPlatform(surroundings))
  const level = isApi ? await openSecondLevel(surroundings, platform) : undefined
  if (level !== undefined) running.defer(() => level.close())
  // From here to `compose` nothing is waited for, so that everybody hears its first word.
  const tail = isApi ? openTailFor(surroundings, platform) : undefined
  if (tail !== undefined) running.defer(() => tail.close())
  const composed = compose(platform, {
    paymentProviderUrl,
    ...(tail === undefined ? {} : { tail, sharing: sharingOf(level, platform, tail) }),
  })
  if (config.demo) await seed(life, platform, composed, database.adminUrl)

  const worker = config.roles.includes('worker')
    ? running.use(openWorker(surroundings, platform, composed.contexts))
    : undefined
  const places = tail === undefined ? undefined : placesIn(platform, tail)
  const port = await openServer(life, platform, composed, { worker, places, tail, wanted })
  const seconds = (performance.now() - since) / 1000
  if (!isApi) return workerBannerText({ port, seconds })
  return bannerText({
    port,
    shops: (await composed.shops.list(SHOPS_SHOWN)).map(({ tenant }) => tenant.slug),
    ...(config.demo
      ? { demo: { emails: DEMO_USERS.map(({ email }) => email), password: DEMO_PASSWORD } }
      : {}),
    dataDir: config.databaseUrl === undefined ? config.dataDir : undefined,
    seconds,
  })
})

function sharingOf(
  level: SecondLevel | undefined,
  { chance, writer }: OpenPlatform,
  tail: FollowedTail,
): Sharing | undefined {
  return level && openSharing({ level, chance, tail, committed: () => writer.last() })
}

async function seed(
  { config, step }: Life,
  platform: OpenPlatform,
  { createShop, looks, catalog, media, stock, users, prices, priceRules, reviews, shops }: Composed,
  adminUrl: string,
): Promise<void> {
  await step('Demo shops ready', async (note) => {
    // Making a shop is the administrator's: no role that serves requests may write that table.
    const admin = new pg.Client({ connectionString: adminUrl })
    await admin.connect()
    try {
      const makeShop = (shop: Parameters<typeof createShop>[1]) => createShop(admin, shop)
      const ports = { makeShop, looks, catalog, media, stock, users, prices, priceRules, reviews }
      await seedDemo(platform, ports, config.demoSeed, note)
      shops.forget()
    } finally {
      await admin.end()
    }
  })
}

/** Serves HTTP, the shops or, of a mere worker, its health alone; returns the port. */
async function openServer(
  life: Life,
  platform: OpenPlatform,
  { contexts, shops, pricing, availabilityTerm }: Composed,
  {
    worker,
    places,
    tail,
    wanted,
  }: {
    readonly worker: Worker | undefined
    readonly places: Places | undefined
    readonly tail: Tail | undefined
    readonly wanted: Listening
  },
): Promise<number> {
  const { config, log, secrets } = { ...life, secrets: platform.secrets }
  const readme = join(here, '..', 'README.md')
  const { version } = JSON.parse(readFileSync(join(here, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const metrics = openMetrics()
  measure(metrics.registry, platform, worker, contexts)
  if (config.backupDir !== undefined) measureBackups(metrics.registry, config.backupDir)
  const isHealthOnly = !config.roles.includes('api')

  return life.step('Web server open', async () => {
    const server = await openHttp({
      contexts: isHealthOnly ? [] : contexts,
      isHealthOnly,
      tenants: shops,
      tokens: openTokens(platform),
      secrets,
      ids: platform.ids,
      log,
      metrics,
      metricsFor: metricsReaders(config),
      version,
      checks: { database: () => platform.check() },
      shops: async () =>
        (await shops.list(SHOPS_SHOWN)).map(({ tenant, host }) => ({ name: tenant.name, host })),
      ...(isHealthOnly ? {} : { tourFile: readme }),
      publicUrl: config.publicUrl,
      trustProxy: config.trustProxy,
      ...(places === undefined ? {} : { places }),
      pages: (fastify) =>
        openPages(fastify, {
          ...platform,
          folder: STORE,
          tenants: shops,
          tail,
          prices: pricing,
          availabilityTerm,
        }),
    })
    life.running.defer(() => server.close())
    life.onDrain(async () => {
      server.beginDrain()
      await sleep(config.drainNoticeMs)
      await server.close()
    })
    return server.listen(wanted.port, wanted.host).catch((error: unknown) => {
      throw explainListenError(error, wanted)
    })
  })
}

function metricsReaders({ metricsToken: token, production }: Config): MetricsReaders {
  if (token !== undefined) return { token }
  return production ? 'nobody' : 'everybody'
}
