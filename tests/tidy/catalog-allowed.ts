/**
 * What the catalog lint tolerates, as `rule: object`, each with the reason a reviewer accepted. The
 * lint names an entry that nothing needs any more.
 */
export const CATALOG_ALLOWED: Readonly<Record<string, string>> = {
  ...table('platform.migrations', 'says which migrations ran; the same for every shop', [
    'tenant-column',
    'row-security',
    'primary-key',
  ]),
  ...table('platform.eras', 'counts the lives of the cluster, not of a shop', [
    'tenant-column',
    'row-security',
    'primary-key',
  ]),
  ...table('platform.subscriptions', 'one checkpoint for the log of all shops', [
    'tenant-column',
    'row-security',
    'primary-key',
  ]),
  ...table('tenants.shops', 'says which shops there are; requests only read it', [
    'tenant-column',
    'row-security',
    'primary-key',
  ]),
  'unique-index: tenants.shops_host_key': 'a host name belongs to one shop of the deployment',
  'unique-index: tenants.shops_slug_key': 'a short name belongs to one shop of the deployment',
  'sequence-grant: platform.log_position -> torg_writer': 'the writer draws positions of the log',
  'sequence-grant: platform.log_position -> torg_reader':
    'readers compare with the newest position',
  ...slots('the ring of answers is emptied a day at a time (server/platform/migrations/0001)'),
}

function table(name: string, why: string, rules: readonly string[]): Record<string, string> {
  return Object.fromEntries(rules.map((rule) => [`${rule}: ${name}`, why]))
}

function slots(why: string): Record<string, string> {
  return Object.fromEntries(
    [0, 1, 2, 3].map((slot) => [`grant: platform.keys_${slot} -> torg_writer TRUNCATE`, why]),
  )
}
