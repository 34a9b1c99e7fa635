/** Everyone who may come to a shop, with and without the right to. */
import { openTokens } from '../../server/platform/auth/tokens.ts'
import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import type { Role } from '../../server/platform/http/route.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import { TEST_SECRET } from '../support/database.ts'

export interface Person {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** What the server must take them for. */
  readonly is: 'guest' | 'invalid' | { readonly userId: string; readonly roles: readonly Role[] }
}

export interface Account {
  readonly id: string
  readonly email: string
}

/** Accounts of the first shop by what their people do, and two of the second. */
export interface Accounts {
  readonly shopper: Account
  readonly other: Account
  readonly warehouse: Account
  readonly courier: Account
  readonly staff: Account
  readonly admin: Account
  /** Owns things and never asks for anything. */
  readonly bystander: Account
  readonly thereShopper: Account
  readonly thereAdmin: Account
}

const TENANTS = { demo: 1 as TenantId, second: 2 as TenantId }

/** A token as the server would issue it, or would have, at another time, in another shop, by another secret. */
export function tokenOf(
  { id }: Pick<Account, 'id'>,
  roles: readonly Role[],
  { tenant = TENANTS.demo, secret = TEST_SECRET, at = Date.now(), sessionId = id } = {},
): string {
  const tokens = openTokens({ secrets: secretsFrom(secret), clock: { now: () => at } })
  return tokens.issue({ tenant, userId: id, roles, sessionId })
}

export function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` }
}

/** What somebody of the first shop shows. */
export function passOf(account: Account, roles: readonly Role[]): Readonly<Record<string, string>> {
  return bearer(tokenOf(account, roles))
}

/** A shop's name in every header that anyone has ever believed. */
function naming(shop: 'second'): Readonly<Record<string, string>> {
  const id = String(TENANTS[shop])
  return {
    'x-tenant': shop,
    'x-tenant-id': id,
    tenant: id,
    'x-shop': shop,
    'x-forwarded-host': `${shop}.localhost`,
    'x-original-host': `${shop}.localhost`,
    forwarded: `host=${shop}.localhost`,
  }
}

/** @param signedOut The access token of a session of the shopper's that has ended. */
export function peopleOf(accounts: Accounts, signedOut: string): readonly Person[] {
  const signedIn = (name: keyof Accounts, role: Role): Person => ({
    name,
    headers: passOf(accounts[name], [role]),
    is: { userId: accounts[name].id, roles: [role] },
  })
  const invalid = (name: string, token: string): Person => ({
    name,
    headers: bearer(token),
    is: 'invalid',
  })
  const { admin, shopper, thereAdmin, thereShopper } = accounts
  const [, payload = ''] = tokenOf(admin, ['admin']).split('.')
  const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
  return [
    { name: 'guest', headers: { 'user-agent': 'one browser' }, is: 'guest' },
    { name: 'another browser', headers: { 'user-agent': 'another browser' }, is: 'guest' },
    signedIn('shopper', 'shopper'),
    signedIn('other', 'shopper'),
    signedIn('warehouse', 'warehouse'),
    signedIn('courier', 'courier'),
    signedIn('staff', 'staff'),
    signedIn('admin', 'admin'),
    { ...signedIn('admin', 'admin'), name: 'admin who names another shop' },
    {
      name: 'signed out',
      headers: bearer(signedOut),
      // An access token is believed for its ten minutes, whatever happens to the session.
      is: { userId: shopper.id, roles: ['shopper'] },
    },
    invalid('other shop’s admin', tokenOf(thereAdmin, ['admin'], { tenant: TENANTS.second })),
    invalid('other shop’s shopper', tokenOf(thereShopper, ['shopper'], { tenant: TENANTS.second })),
    invalid('expired', tokenOf(admin, ['admin'], { at: Date.now() - 601_000 })),
    invalid('forged', tokenOf(admin, ['admin'], { secret: 'a secret that somebody has guessed' })),
    invalid('unsigned', `${header}.${payload}.`),
  ].map((person) =>
    person.name.includes('another shop')
      ? { ...person, headers: { ...person.headers, ...naming('second') } }
      : person,
  ) as readonly Person[]
}
