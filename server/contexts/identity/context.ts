import { newSecret } from '#platform/auth/new-secret'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { openArgon2 } from './adapters/argon2.ts'
import { openSecretTexts } from './adapters/secret-texts.ts'
import { tryCounter } from './commands/count-try.ts'
import { refreshSession } from './commands/refresh-session.ts'
import { registerUser } from './commands/register-user.ts'
import { signIn, type AccessTokens } from './commands/sign-in.ts'
import { signOut } from './commands/sign-out.ts'
import type { Sessions, Users } from './contract.ts'
import { problems } from './http/problems.ts'
import { routes } from './http/routes.ts'
import { dropLapsed } from './jobs/drop-lapsed.ts'
import { findUser, listUsers } from './queries/users.ts'

export interface IdentityContext extends Context {
  readonly users: Users
  readonly sessions: Sessions
}

export function openIdentity(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids' | 'secrets'> & {
    readonly config: Pick<Platform['config'], 'production'>
  },
  ports: {
    readonly tokens: AccessTokens
    /** The shops whose lapsed sessions are dropped. */
    readonly tenants: () => Promise<readonly TenantId[]>
  },
): IdentityContext {
  const { tokens } = ports
  const passwords = openArgon2()
  const key = platform.secrets.derive('identity-disguise').current
  const texts = openSecretTexts(newSecret, key)
  const tries = tryCounter(platform)

  const users: Users = {
    register: registerUser(platform, { passwords, texts, tries }, platform.config.production),
    find: findUser(platform),
    list: listUsers(platform),
  }
  const sessions: Sessions = {
    signIn: signIn(platform, { tokens, passwords, texts, tries }, platform.config.production),
    refresh: refreshSession(platform, tokens, texts),
    signOut: signOut(platform, texts),
  }
  return {
    name: 'identity',
    routes: routes(users, sessions),
    problems,
    jobs: [dropLapsed(platform, ports.tenants)],
    users,
    sessions,
  }
}
