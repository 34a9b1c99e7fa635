import { hostname } from 'node:os'
import { resolve } from 'node:path'

import {
  bucketAddress,
  databaseAddress,
  hostsAndPorts,
  is,
  listed,
  networks,
  oneOf,
  type Parsed,
  redisAddress,
  searchAddress,
  secret,
  someText,
  webAddress,
  wholeNumber,
  yesOrNo,
} from './config-values.ts'
import { contradictions } from './config-contradictions.ts'
import { CannotStart } from './platform/cannot-start.ts'

/** One environment variable: the only place that knows its name, meaning, default and check. */
interface Variable<T> {
  readonly name: string
  readonly meaning: string
  /** What holds when it is unset, as one would write it; nothing when there is no default. */
  readonly fallback?: string
  /** The default under `NODE_ENV=production`, where it differs. */
  readonly inProduction?: string
  /** How the documentation says a default that depends on the machine. */
  readonly fallbackInWords?: string
  parse(text: string | undefined): Parsed<T>
}

/** Keeps the parser's type, so that `Config` follows from the registry. */
function variable<T>(record: Variable<T>): Variable<T> {
  return record
}

/** Every environment variable the server reads. `Config` has a field of the same key for each. */
const registry = {
  environment: variable({
    name: 'NODE_ENV',
    meaning:
      '`production` seeds nothing, starts no test provider, logs more and wants its secrets given.',
    fallback: 'development',
    parse: oneOf('development', 'test', 'production'),
  }),
  port: variable({
    name: 'PORT',
    meaning: 'Where HTTP is served; `0` takes any free port.',
    fallback: '3000',
    parse: wholeNumber(0, 65_535),
  }),
  workerPort: variable({
    name: 'WORKER_PORT',
    meaning: 'Where a mere worker serves `/livez`, `/readyz` and `/metrics`; `0`: any free port.',
    fallback: '0',
    parse: wholeNumber(0, 65_535),
  }),
  host: variable({
    name: 'HOST',
    meaning:
      'The name or address to listen on. `localhost` means this machine only, by IPv4 and IPv6; `::` means everyone, by both.',
    fallback: 'localhost',
    inProduction: '::',
    parse: someText,
  }),
  publicUrl: variable({
    name: 'PUBLIC_URL',
    meaning: 'The address people use, for links in answers; without it links are relative.',
    parse: webAddress,
  }),
  trustProxy: variable({
    name: 'TRUST_PROXY',
    meaning:
      'Addresses and networks of the proxies in front, with commas between: only from them are `X-Forwarded-For`, `-Host` and `-Proto` believed. Behind a proxy that is not named here all callers look like one, and share its limits.',
    fallbackInWords: 'none: the caller is whoever connects',
    parse: networks,
  }),
  dataDir: variable({
    name: 'DATA_DIR',
    meaning:
      'The folder of the embedded database, the generated secret and caches; a relative one starts at the program’s folder.',
    fallback: '.torg',
    parse: (text) => is(resolve(import.meta.dirname, '..', text ?? '.torg')),
  }),
  backupDir: variable({
    name: 'BACKUP_DIR',
    meaning:
      'A folder, best on another disk, into which the shop copies its embedded database: the journal every second, everything once a day (docs/backup.md).',
    fallbackInWords: 'none: `npm run backup` copies into `.torg/backups`',
    parse: (text) => is(text === undefined ? undefined : resolve(import.meta.dirname, '..', text)),
  }),
  backupHours: variable({
    name: 'BACKUP_HOURS',
    meaning: 'How many hours lie between two copies of everything.',
    fallback: '24',
    parse: wholeNumber(1, 744),
  }),
  backupDays: variable({
    name: 'BACKUP_DAYS',
    meaning: 'For how many days back any moment can be restored.',
    fallback: '7',
    parse: wholeNumber(1, 3650),
  }),
  blobUrl: variable({
    name: 'BLOB_URL',
    meaning:
      'A bucket for pictures and other files, on any server that speaks S3: `https://key:secret@s3.example.com/bucket?region=eu-central-1`. Processes on several machines need one.',
    fallbackInWords: 'none: the folder `DATA_DIR/blobs`',
    parse: bucketAddress,
  }),
  mediaUrl: variable({
    name: 'MEDIA_URL',
    meaning:
      'Where pictures are fetched, if a CDN stands before the shop; `{shop}` stands for the shop’s short name: `https://{shop}.cdn.example` (docs/media.md).',
    fallbackInWords: 'none: the shop’s own address',
    parse: webAddress,
  }),
  liveConnections: variable({
    name: 'LIVE_CONNECTIONS',
    meaning: 'How many open pages one process tells of changes, over WebSockets.',
    fallback: '10000',
    parse: wholeNumber(0, 1_000_000),
  }),
  liveConnectionsPerAddress: variable({
    name: 'LIVE_CONNECTIONS_PER_ADDRESS',
    meaning: 'How many of them may come from one address.',
    fallback: '200',
    parse: wholeNumber(0, 1_000_000),
  }),
  databaseUrl: variable({
    name: 'DATABASE_URL',
    meaning:
      'A PostgreSQL 18 to use instead of the embedded one, as a user who owns the database and may create roles.',
    fallbackInWords: 'none: the embedded PostgreSQL',
    parse: databaseAddress,
  }),
  redisUrl: variable({
    name: 'REDIS_URL',
    meaning:
      'A Redis in which processes that serve requests find each other’s answers: `redis://:password@host:6379/0`, or `rediss://`. It holds nothing that is missed when it is away (decision 0025).',
    fallbackInWords: 'none: each process remembers for itself',
    parse: redisAddress,
  }),
  searchEngine: variable({
    name: 'SEARCH_ENGINE',
    meaning:
      '`opensearch` finds products with the server of `OPENSEARCH_URL` (decision 0028), `built-in` in the memory of each process.',
    fallback: 'built-in',
    parse: oneOf('built-in', 'opensearch'),
  }),
  opensearchUrl: variable({
    name: 'OPENSEARCH_URL',
    meaning:
      'An OpenSearch server: `https://user:password@search.example:9200/torg`. The path is what the names of its indices begin with, one for each deployment. The built-in engine answers while it is away.',
    parse: searchAddress,
  }),
  secret: variable({
    name: 'TORG_SECRET',
    meaning:
      'At least 32 characters from which every key, token and role password is derived. Required in production; processes of one database share it.',
    fallbackInWords: 'made once, kept in `DATA_DIR/secret`',
    parse: secret,
  }),
  previousSecret: variable({
    name: 'TORG_SECRET_PREVIOUS',
    meaning: 'The secret before the last change, so that tokens of its time live on.',
    parse: secret,
  }),
  demo: variable({
    name: 'DEMO',
    meaning: 'Whether an empty database gets two demo shops and logins; never in production.',
    fallback: 'true',
    inProduction: 'false',
    parse: yesOrNo,
  }),
  demoSeed: variable({
    name: 'DEMO_SEED',
    meaning: 'The number that the demo’s stock is made from: the same number, the same shop.',
    fallback: '1',
    parse: wholeNumber(0, 4_294_967_295),
  }),
  paymentProviderUrl: variable({
    name: 'PAYMENT_PROVIDER_URL',
    meaning: 'Where the payment provider answers. Required in production.',
    fallbackInWords: 'a test provider is started beside the shop',
    parse: webAddress,
  }),
  tableSourceHosts: variable({
    name: 'TABLE_SOURCE_HOSTS',
    meaning:
      'Hosts of your own network that scheduled imports may ask, by HTTPS or plain HTTP, as `host:port` with commas between; all others are asked by HTTPS and at public addresses only (docs/import.md).',
    fallbackInWords: 'none: public addresses only',
    parse: hostsAndPorts,
  }),
  taxProviderUrl: variable({
    name: 'TAX_PROVIDER_URL',
    meaning:
      'Where tax rates are asked for by shops that want those of a provider (decision 0022); their own hold when it is silent.',
    fallbackInWords: 'none: every shop’s own rates',
    parse: webAddress,
  }),
  stripeSecretKey: variable({
    name: 'STRIPE_SECRET_KEY',
    meaning: 'With it payments go through Stripe, and `PAYMENT_PROVIDER_URL` is Stripe’s address.',
    parse: (text) => is(text),
  }),
  stripeWebhookSecrets: variable({
    name: 'STRIPE_WEBHOOK_SECRETS',
    meaning: 'What Stripe signs its deliveries with; several, by commas, while one is replaced.',
    parse: (text = '') => is(text.split(',').filter((each) => each !== '')),
  }),
  logLevel: variable({
    name: 'LOG_LEVEL',
    meaning: 'The least important log lines to print.',
    fallback: 'warn',
    inProduction: 'info',
    parse: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  }),
  metricsToken: variable({
    name: 'METRICS_TOKEN',
    meaning:
      'At least 32 characters that a scraper shows as `Authorization: Bearer …` to read `/metrics`.',
    fallbackInWords: 'none: `/metrics` is open; in production it is closed',
    parse: secret,
  }),
  pod: variable({
    name: 'POD',
    meaning: 'The name of this process in logs.',
    fallbackInWords: 'the name of the machine',
    parse: (text) => is(text ?? hostname()),
  }),
  drainNoticeMs: variable({
    name: 'DRAIN_NOTICE_MS',
    meaning:
      'How long a process that was told to stop goes on serving while `/readyz` says 503, so that balancers look elsewhere first.',
    fallback: '0',
    inProduction: '2000',
    parse: wholeNumber(0, 8_000),
  }),
  searchMemoryMb: variable({
    name: 'SEARCH_MEMORY_MB',
    meaning:
      'Memory for the search of all shops together, 2 kB a product; the shop that nobody searched longest is read anew when it is searched again.',
    fallback: '384',
    parse: wholeNumber(16, 65_536),
  }),
  writerLanes: variable({
    name: 'WRITER_LANES',
    meaning:
      'Over how many connections one process spreads the commits of its shops; one more is for imports.',
    fallback: '2',
    parse: wholeNumber(1, 16),
  }),
  batchLimit: variable({
    name: 'BATCH_LIMIT',
    meaning: 'The most commits that are settled together.',
    fallback: '512',
    parse: wholeNumber(1, 10_000),
  }),
  writeQueueLimit: variable({
    name: 'WRITE_QUEUE_LIMIT',
    meaning: 'The most commits that wait; beyond it requests are answered 503 with `Retry-After`.',
    fallback: '10000',
    parse: wholeNumber(1, 1_000_000),
  }),
  orderArchiveDays: variable({
    name: 'ORDER_ARCHIVE_DAYS',
    meaning:
      'Orders that have been fulfilled or cancelled for so many days move to the archive; lists show them all the same.',
    fallback: '365',
    parse: wholeNumber(1, 36_500),
  }),
  readConnections: variable({
    name: 'READ_CONNECTIONS',
    meaning: 'Connections of this process that answer reads, as the role `torg_app`.',
    fallback: '2',
    parse: wholeNumber(1, 200),
  }),
  readerConnections: variable({
    name: 'READER_CONNECTIONS',
    meaning: 'Connections of this process that read the log, as the role `torg_reader`.',
    fallback: '2',
    parse: wholeNumber(1, 50),
  }),
}

type Registry = typeof registry
type Settings = {
  readonly [K in keyof Registry]: Registry[K] extends Variable<infer T> ? T : never
}

/** The parts a process may play; all of them unless it is told. */
const processRoles = ['api', 'worker'] as const
export type ProcessRole = (typeof processRoles)[number]

/** What one process was told, checked. Holds secrets: never log it whole. */
export interface Config extends Settings {
  readonly production: boolean
  readonly roles: readonly ProcessRole[]
  /** Begin with an empty embedded database. */
  readonly fresh: boolean
}

/** Everything that is wrong with the environment and the arguments, one sentence each. */
export class ConfigError extends CannotStart {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the environment and the arguments of one process. An empty variable counts as unset, a
 * `TORG_…` variable nobody knows is an error (a misspelt secret must not pass in silence).
 * Throws a `ConfigError` that lists all problems, not just the first.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): Config {
  const problems: string[] = []
  const production = env['NODE_ENV'] === 'production'
  const values: Record<string, unknown> = {}

  for (const [key, record] of Object.entries<Variable<unknown>>(registry)) {
    const fallback = (production ? record.inProduction : undefined) ?? record.fallback
    const parsed = record.parse(env[record.name]?.trim() || fallback)
    if (parsed.ok) values[key] = parsed.value
    else problems.push(`${record.name} ${parsed.why}.`)
  }

  const settings = values as unknown as Settings
  problems.push(...unknownNames(env), ...contradictions(settings, env, argv), ...strayWords(argv))
  if (problems.length > 0) throw new ConfigError(problems)

  const roles = processRoles.filter((role) => argv.includes(role))
  return {
    ...settings,
    production,
    roles: roles.length === 0 ? processRoles : roles,
    fresh: argv.includes('--fresh'),
  }
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(Object.values(registry).map(({ name }) => name))
  return Object.keys(env)
    .filter((name) => name.startsWith('TORG_') && !known.has(name))
    .map((name) => `${name} is no variable of this program; docs/environment.md lists them all.`)
}

function strayWords(argv: readonly string[]): string[] {
  const known: readonly string[] = [...processRoles, '--fresh']
  return argv
    .filter((word) => !known.includes(word))
    .map((word) => `"${word}" is neither a role (${listed(processRoles, 'or')}) nor --fresh.`)
}

/** The text of `docs/environment.md`, made from the registry so that the two cannot differ. */
export function environmentDoc(): string {
  const rows = Object.values<Variable<unknown>>(registry).map((record) => {
    const usual = record.fallback === undefined ? undefined : `\`${record.fallback}\``
    const otherwise =
      record.inProduction === undefined ? '' : `; in production \`${record.inProduction}\``
    const fallback = record.fallbackInWords ?? (usual === undefined ? 'none' : usual + otherwise)
    return `| \`${record.name}\` | ${record.meaning} | ${fallback} |`
  })
  return [
    '# Environment variables',
    '',
    'Everything the server reads from its environment. An empty variable counts as unset; an unknown one',
    'that begins with `TORG_` is an error. This file is made from `server/config.ts` by `tools/docs.ts`.',
    '',
    '| Variable | Meaning | Default |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Arguments: `api` or `worker` start only that half of the program, `--fresh` begins with an empty',
    'embedded database (`npm start -- --fresh`).',
    '',
    'Tests use `TEST_DATABASE_URL`, a PostgreSQL cluster; without it they start one of their own.',
    '',
  ].join('\n')
}
