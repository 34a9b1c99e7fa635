/** Where backups and the shop's data are, for the commands that make and restore them. */
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')

export const given = (name: string): string | undefined => process.env[name]?.trim() || undefined

export function dataDir(): string {
  return resolve(ROOT, given('DATA_DIR') ?? '.torg')
}

export function backupDir(): string {
  return resolve(ROOT, given('BACKUP_DIR') ?? '.torg/backups')
}

/** A server that is not ours has means of its own; what follows a restore is the same. */
export const NOT_OURS =
  'DATABASE_URL is a server of your own, whose files are not ours to copy: back it up with its own means (point-in-time recovery of the provider, pgBackRest, Barman), and after a restore run `npm run restore -- --adopt --since <the restored moment>`.'
