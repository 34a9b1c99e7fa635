/** What was told, as far as one part of it can contradict another. */
interface Told {
  readonly environment: string
  readonly databaseUrl: string | undefined
  readonly demo: boolean
  readonly stripeSecretKey: string | undefined
  readonly backupDir: string | undefined
  readonly searchEngine: string
  readonly opensearchUrl: string | undefined
}

/** What is wrong only in combination. */
export function contradictions(
  settings: Told,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): string[] {
  const production = settings.environment === 'production'
  const given = settings.databaseUrl !== undefined
  const found: string[] = []
  if (!env['TORG_SECRET'] && production) {
    found.push(
      'TORG_SECRET is required because NODE_ENV is production; `openssl rand -hex 32` makes a good one.',
    )
  }
  if (production && settings.demo) {
    found.push('DEMO must not be true because NODE_ENV is production: its passwords are public.')
  }
  if (production && !env['PAYMENT_PROVIDER_URL']) {
    found.push('PAYMENT_PROVIDER_URL is required because NODE_ENV is production.')
  }
  if (settings.stripeSecretKey && !(env['PAYMENT_PROVIDER_URL'] && env['STRIPE_WEBHOOK_SECRETS'])) {
    found.push('STRIPE_SECRET_KEY wants PAYMENT_PROVIDER_URL and STRIPE_WEBHOOK_SECRETS beside it.')
  }
  if (settings.searchEngine === 'opensearch' && settings.opensearchUrl === undefined) {
    found.push('SEARCH_ENGINE is opensearch and wants OPENSEARCH_URL beside it.')
  }
  if (settings.searchEngine !== 'opensearch' && settings.opensearchUrl !== undefined) {
    found.push('OPENSEARCH_URL is for SEARCH_ENGINE=opensearch, which is not said.')
  }
  if (given && settings.backupDir !== undefined) {
    found.push(
      'BACKUP_DIR is for the embedded database; back up a given DATABASE_URL by its own means.',
    )
  }
  if (given && argv.includes('--fresh')) {
    found.push('--fresh clears the embedded database only; it is not for a given DATABASE_URL.')
  }
  return found
}
