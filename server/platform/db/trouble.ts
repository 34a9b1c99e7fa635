import { CannotStart, errorCode } from '../cannot-start.ts'

/**
 * Turns an error of connecting or migrating into a sentence for the operator, without passwords.
 * What is no fault of configuration comes back unchanged.
 */
export function explainDatabaseError(error: unknown, url: string): unknown {
  if (error instanceof CannotStart) return error
  const { hostname, port, pathname, username, searchParams } = new URL(url)
  const place = `${searchParams.get('host') ?? hostname}:${searchParams.get('port') ?? (port || '5432')}`
  const database = decodeURIComponent(pathname.slice(1))
  const user = decodeURIComponent(username)
  const say = (sentence: string): CannotStart => new CannotStart(sentence, { cause: error })

  const first = error instanceof AggregateError ? error.errors[0] : error
  switch (errorCode(first)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`DATABASE_URL names the host ${hostname}, which nobody knows; correct it.`)
    case 'ECONNREFUSED':
    case 'ENOENT':
      return say(`No PostgreSQL answers at ${place}; start it, or correct DATABASE_URL.`)
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ECONNRESET':
      return say(`PostgreSQL at ${place} cannot be reached; check the network and DATABASE_URL.`)
    case '28P01':
    case '28000':
      return say(
        `PostgreSQL at ${place} does not let "${user}" in; correct user and password in DATABASE_URL.`,
      )
    case '3D000':
      return say(
        `PostgreSQL at ${place} has no database "${database}"; create it, or correct DATABASE_URL.`,
      )
    case '42501':
      return say(
        `The user "${user}" of DATABASE_URL lacks a right (${messageOf(first)}); it must own the database "${database}" and may create roles: ALTER ROLE "${user}" CREATEROLE.`,
      )
    case '53300':
      return say(`PostgreSQL at ${place} has no connection left; raise max_connections.`)
    case '53100':
      return say(`The disk of PostgreSQL at ${place} is full; free some space and start again.`)
    case '57P03':
      return say(`PostgreSQL at ${place} is starting up or recovering; try again in a moment.`)
    case '25006':
      return say(`PostgreSQL at ${place} is a read-only replica; name the primary in DATABASE_URL.`)
    default:
      if (
        /timeout expired|Connection terminated due to connection timeout/.test(messageOf(first))
      ) {
        return say(`PostgreSQL at ${place} does not answer; check the network and DATABASE_URL.`)
      }
      if (
        /Connection terminated unexpectedly|unexpected (message|response)/i.test(messageOf(first))
      ) {
        return say(
          `What answers at ${place} hangs up; it may be no PostgreSQL. Correct DATABASE_URL.`,
        )
      }
      if (/does not support SSL|certificate/.test(messageOf(first))) {
        return say(
          `PostgreSQL at ${place} and DATABASE_URL disagree about TLS (${messageOf(first)}); correct sslmode.`,
        )
      }
      return error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
