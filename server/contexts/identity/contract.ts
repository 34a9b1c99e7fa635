/**
 * Who may sign in to a shop, and as what. Users belong to one shop; shops share none.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause, Role } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** Someone has an account from now on. Who that is stays in this context's tables. */
export interface UserRegistered {
  readonly type: 'identity.user-registered'
  readonly userId: Id
}

export type IdentityEvent = UserRegistered

/** Why a password is not taken; the words are part of the refusal's sentence. */
export type PasswordFault =
  | 'it has fewer than 12 characters'
  | 'it has more than 128 characters'
  | 'it has no special character'
  | 'it is one of the passwords that are tried first'
  | 'it is the password of the demo'

export type IdentityRefusal =
  | { readonly code: 'identity.email-taken' }
  | { readonly code: 'identity.password-weak'; readonly why: PasswordFault }
  | { readonly code: 'identity.birth-date-wrong' }
  | { readonly code: 'identity.credentials-wrong' }
  | { readonly code: 'identity.refresh-token-invalid' }
  | { readonly code: 'identity.too-many-attempts'; readonly retryAfterSeconds: number }
  | { readonly code: 'identity.user-unknown' }

/** A user as the shop's API shows one. */
export interface User {
  readonly id: Id
  readonly email: string
  readonly username: string
  readonly roles: readonly Role[]
  /** ISO 8601. */
  readonly createdAt: string
}

/** Someone who wants an account. */
export interface NewUser {
  readonly email: string
  readonly username: string
  readonly password: string
  /** A day, ISO 8601. */
  readonly birthDate: string
  /** Where the wish comes from; it is counted. Our own code has none. */
  readonly ip?: string
}

/** What a sign-in or a refresh hands out. Never stored, never logged. */
export interface Pass {
  readonly accessToken: string
  readonly refreshToken: string
  readonly tokenType: 'Bearer'
  readonly expiresIn: number
}

/** Accounts of a shop: made, and looked at. */
export interface Users {
  /**
   * Makes an account with these roles; roles are chosen by our own code (registration, the seed),
   * never by a request.
   */
  register(
    tenant: Tenant,
    user: NewUser,
    roles: readonly Role[],
    cause: Cause,
  ): Promise<Outcome<{ readonly user: User; readonly replayed: boolean }>>
  find(tenant: TenantId, id: Id): Promise<User | undefined>
  /** Newest first. `after` is what an earlier page called `next`; undefined for one that is none. */
  list(
    tenant: TenantId,
    limit: number,
    after: string | undefined,
  ): Promise<{ readonly items: readonly User[]; readonly next: string | null } | undefined>
}

/** Sign-ins: begun by password, kept by a refresh token that changes each time, ended. */
export interface Sessions {
  signIn(
    tenant: Tenant,
    given: { readonly email: string; readonly password: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<Pass>>
  refresh(tenant: Tenant, refreshToken: string, cause: Cause): Promise<Outcome<Pass>>
  /** Ends a session; one that is not there is ended already. */
  signOut(
    tenant: Tenant,
    which: { readonly refreshToken: string } | { readonly sessionId: Id },
    cause: Cause,
  ): Promise<Outcome<null>>
}
