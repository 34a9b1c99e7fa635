/**
 * Who may sign in to a shop, and as what. Users belong to one shop; shops share none.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Cause, Role } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** Someone has an account from now on. Who that is stays in this context's tables. */
export interface UserRegistered {
  readonly type: 'identity.user-registered'
  readonly userId: Id
}

/** Someone has signed in; from which device is not in the log. */
export interface SessionBegun {
  readonly type: 'identity.session-begun'
  readonly sessionId: Id
  /** Milliseconds since 1970. */
  readonly expiresAt: Instant
}

/** A session ended before its time; nothing refreshes it any more. */
export interface SessionEnded {
  readonly type: 'identity.session-ended'
  readonly sessionId: Id
  readonly why: SessionEnd | 'refresh-token-copied'
}

/** The password is another from now on: set by who knew the old one, or by who can read the mail. */
export interface PasswordChanged {
  readonly type: 'identity.password-changed'
  readonly how: 'changed' | 'reset'
}

/** Whoever has the account can read what is sent to its e-mail address. */
export interface EmailVerified {
  readonly type: 'identity.email-verified'
}

/** The e-mail address is another from now on, of which whoever has the account reads the mail. */
export interface EmailChanged {
  readonly type: 'identity.email-changed'
}

/** Somebody is called otherwise from now on; how stays in this context's tables. */
export interface UserRenamed {
  readonly type: 'identity.user-renamed'
}

/** Somebody keeps one more address; what it says stays in this context's tables. */
export interface AddressKept {
  readonly type: 'identity.address-kept'
  readonly addressId: Id
}

/** An address says something else from now on. */
export interface AddressChanged {
  readonly type: 'identity.address-changed'
  readonly addressId: Id
}

/** This is the address that is offered first, whichever was before. */
export interface UsualAddressChosen {
  readonly type: 'identity.usual-address-chosen'
  readonly addressId: Id
}

/** An address is kept no longer; if it was the usual one, none is. */
export interface AddressRemoved {
  readonly type: 'identity.address-removed'
  readonly addressId: Id
}

export type AddressEvent = AddressKept | AddressChanged | UsualAddressChosen | AddressRemoved

export type IdentityEvent =
  | UserRegistered
  | SessionBegun
  | SessionEnded
  | PasswordChanged
  | EmailVerified
  | EmailChanged
  | UserRenamed

/** Why a session ended of which its device does not know. */
export type SessionEnd = 'signed-out' | 'newer-sign-in' | 'password-changed'

/** What a token that is good once is good for. */
export type Purpose = 'password-reset' | 'email-verification' | 'email-change'

/** Why a password is not taken; the words are part of the refusal's sentence. */
export type PasswordFault =
  | 'it has fewer than 12 characters'
  | 'it has more than 128 characters'
  | 'it has no special character'
  | 'it is one of the passwords that are tried first'
  | 'it is the password of the demo'

export type IdentityRefusal =
  | { readonly code: 'identity.address-unknown' }
  | { readonly code: 'identity.addresses-full'; readonly most: number }
  | { readonly code: 'identity.email-taken' }
  | { readonly code: 'identity.password-weak'; readonly why: PasswordFault }
  | { readonly code: 'identity.birth-date-wrong' }
  | { readonly code: 'identity.too-young'; readonly minimumAge: number }
  | { readonly code: 'identity.credentials-wrong' }
  | { readonly code: 'identity.old-password-wrong' }
  | { readonly code: 'identity.refresh-token-invalid' }
  | { readonly code: 'identity.session-ended'; readonly reason: SessionEnd; readonly why: string }
  | { readonly code: 'identity.session-unknown' }
  | { readonly code: 'identity.token-invalid' }
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

/** A user as shown to that user. */
export interface Me extends User {
  /** ISO 8601; null until a token that was sent to the address came back. */
  readonly emailVerifiedAt: string | null
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
  me(tenant: TenantId, id: Id): Promise<Me | undefined>
  /** Calls a user otherwise. Orders and reviews keep the name they were given. */
  rename(tenant: TenantId, id: Id, username: string, cause: Cause): Promise<Outcome<Me>>
  /** Newest first. `after` is what an earlier page called `next`; undefined for one that is none. */
  list(
    tenant: TenantId,
    limit: number,
    after: string | undefined,
  ): Promise<{ readonly items: readonly User[]; readonly next: string | null } | undefined>
}

/** A sign-in that lasts (IDN-12). Instants are ISO 8601. */
export interface Session {
  readonly id: Id
  /** From the User-Agent: `Firefox on Linux`. */
  readonly device: string
  readonly createdAt: string
  /** When it was last refreshed. */
  readonly lastUsedAt: string
  readonly expiresAt: string
}

/** Whose wish it is, as far as the signed-in know of themselves. */
export interface SignedIn {
  readonly userId: Id
  readonly sessionId?: Id
}

/**
 * Sign-ins: begun by password, kept by a refresh token that changes each time, ended. A user has at
 * most five that live; the sixth ends the oldest (IDN-10). Access tokens of an ended session lapse by
 * themselves, within ten minutes.
 */
export interface Sessions {
  signIn(
    tenant: Tenant,
    given: {
      readonly email: string
      readonly password: string
      readonly ip: string
      readonly userAgent?: string
    },
    cause: Cause,
  ): Promise<Outcome<Pass>>
  refresh(tenant: Tenant, refreshToken: string, cause: Cause): Promise<Outcome<Pass>>
  /** Ends a session; one that is not there is ended already. */
  signOut(
    tenant: Tenant,
    which: { readonly refreshToken: string } | { readonly sessionId: Id },
    cause: Cause,
  ): Promise<Outcome<null>>
  /** Those that live, newest first. */
  list(tenant: TenantId, userId: Id): Promise<readonly Session[]>
  /** Ends one of a user's sessions; another's is unknown. */
  end(tenant: TenantId, userId: Id, sessionId: Id, cause: Cause): Promise<Outcome<null>>
  /** Signs out everywhere. */
  endAll(tenant: TenantId, userId: Id, cause: Cause): Promise<Outcome<null>>
}

/** Passwords that are forgotten or are to be others. */
export interface Passwords {
  /**
   * Has a token sent to the address that is good once, for 30 minutes. Whether there is such a user
   * is told to nobody (requirement R24).
   */
  forget(
    tenant: Tenant,
    given: { readonly email: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<null>>
  /** Sets another password by such a token and ends every session. */
  reset(
    tenant: Tenant,
    given: { readonly token: string; readonly password: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<null>>
  /** Sets another password by the old one and ends every session but the one that asks. */
  change(
    tenant: Tenant,
    who: SignedIn,
    given: { readonly oldPassword: string; readonly password: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<null>>
}

/** Proof that a user can read what is sent to the e-mail address of the account. */
export interface Emails {
  /** Has another token sent, good once, for 24 hours; nothing when the address is verified. */
  askAgain(tenant: Tenant, userId: Id, ip: string, cause: Cause): Promise<Outcome<null>>
  /**
   * Has a token sent to another address, good once, for 24 hours. Whether somebody has that address
   * is not told: then nothing is sent.
   */
  askChange(
    tenant: Tenant,
    who: SignedIn,
    given: { readonly email: string; readonly password: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<null>>
  /** Makes it the address of the account, verified; the one before is told. */
  confirmChange(
    tenant: Tenant,
    given: { readonly token: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<null>>
  verify(
    tenant: Tenant,
    given: { readonly token: string; readonly ip: string },
    cause: Cause,
  ): Promise<Outcome<null>>
}

/** Where somebody has orders sent, as it is written on a parcel. */
export interface NewAddress {
  readonly name: string
  readonly phone?: string
  readonly line1: string
  readonly line2?: string
  readonly city: string
  readonly postalCode?: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Offered first from now on; at most one is. */
  readonly isUsual: boolean
}

/** An address that is kept. */
export interface Address {
  readonly id: Id
  readonly name: string
  readonly phone: string | null
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly postalCode: string | null
  readonly country: string
  readonly isUsual: boolean
  /** ISO 8601. */
  readonly createdAt: string
}

/** The address book of each user, of at most 20 (IDN-17). Orders have copies of their own. */
export interface Addresses {
  /** The usual one first, then the newest. */
  list(tenant: TenantId, userId: Id): Promise<readonly Address[]>
  /** The first address of a user is the usual one in any case. */
  keep(
    tenant: TenantId,
    userId: Id,
    address: NewAddress,
    cause: Cause,
  ): Promise<Outcome<{ readonly address: Address; readonly replayed: boolean }>>
  /** All of it at once; another user's is unknown. */
  change(
    tenant: TenantId,
    userId: Id,
    id: Id,
    address: NewAddress,
    cause: Cause,
  ): Promise<Outcome<Address>>
  remove(tenant: TenantId, userId: Id, id: Id, cause: Cause): Promise<Outcome<null>>
}

/** Something a user is to be told and has not been yet. Instants are ISO 8601. */
export interface Notice {
  readonly userId: Id
  readonly kind: Purpose | 'password-changed' | 'email-changed'
  /** Where it goes; null for the address of the user. */
  readonly email: string | null
  /** The token it brings; null for one that brings none. */
  readonly token: string | null
  readonly createdAt: string
  readonly expiresAt: string
}

/** What waits to be sent; nothing sends it yet. */
export interface Notices {
  /** Newest first. Shows tokens that open accounts: never in production. */
  newest(tenant: TenantId, limit: number): Promise<readonly Notice[]>
}
