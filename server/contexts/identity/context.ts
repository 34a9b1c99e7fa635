import { newSecret } from '#platform/auth/new-secret'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { openArgon2 } from './adapters/argon2.ts'
import { openSecretBox } from './adapters/secret-box.ts'
import { openSecretTexts } from './adapters/secret-texts.ts'
import { changeAddress, keepAddress, removeAddress } from './commands/keep-address.ts'
import { askEmailChange, confirmEmailChange } from './commands/change-email.ts'
import { changePassword, resetPassword } from './commands/change-password.ts'
import { tryCounter } from './commands/count-try.ts'
import { endAllSessions, endSession } from './commands/end-session.ts'
import { forgetPassword } from './commands/forget-password.ts'
import { renameUser } from './commands/rename-user.ts'
import { refreshSession } from './commands/refresh-session.ts'
import { registerUser } from './commands/register-user.ts'
import { signIn, type AccessTokens } from './commands/sign-in.ts'
import { signOut } from './commands/sign-out.ts'
import { askVerification, verifyEmail } from './commands/verify-email.ts'
import type { Addresses, Emails, Notices, Passwords, Sessions, Users } from './contract.ts'
import { problems } from './http/problems.ts'
import { routes } from './http/routes.ts'
import { dropLapsed } from './jobs/drop-lapsed.ts'
import { listAddresses } from './queries/addresses.ts'
import { listNotices } from './queries/notices.ts'
import { listSessions } from './queries/sessions.ts'
import { findMe, findUser, listUsers } from './queries/users.ts'

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
  const { production } = platform.config
  const passwords = openArgon2()
  const texts = openSecretTexts(newSecret, {
    disguise: platform.secrets.derive('identity-disguise').current,
    next: platform.secrets.derive('identity-refresh').current,
  })
  const box = openSecretBox(newSecret, platform.secrets.derive('identity-notices'))
  const tries = tryCounter(platform)
  const parts = { passwords, texts, tries, box }

  const users: Users = {
    register: registerUser(platform, parts, production),
    find: findUser(platform),
    me: findMe(platform),
    rename: renameUser(platform),
    list: listUsers(platform),
  }
  const sessions: Sessions = {
    signIn: signIn(platform, { tokens, ...parts }, production),
    refresh: refreshSession(platform, tokens, texts),
    signOut: signOut(platform, texts),
    list: listSessions(platform),
    end: endSession(platform),
    endAll: endAllSessions(platform),
  }
  const newPasswords: Passwords = {
    forget: forgetPassword(platform, parts),
    reset: resetPassword(platform, parts, production),
    change: changePassword(platform, parts, production),
  }
  const emails: Emails = {
    askAgain: askVerification(platform, parts),
    verify: verifyEmail(platform, parts),
    askChange: askEmailChange(platform, parts),
    confirmChange: confirmEmailChange(platform, parts),
  }
  const addresses: Addresses = {
    list: listAddresses(platform),
    keep: keepAddress(platform),
    change: changeAddress(platform),
    remove: removeAddress(platform),
  }
  const notices: Notices = { newest: listNotices(platform, box) }
  return {
    name: 'identity',
    routes: routes(
      { users, sessions, passwords: newPasswords, emails, addresses, notices },
      production,
    ),
    problems,
    jobs: [dropLapsed(platform, ports.tenants)],
    users,
    sessions,
  }
}
