import type { Role } from '#platform/http/route'

/** Someone who can sign in to every demo shop, with the same password in each. */
export interface DemoUser {
  readonly email: string
  readonly username: string
  readonly password: string
  /** A day, ISO 8601. */
  readonly birthDate: string
  readonly roles: readonly Role[]
}

/** Printed at the start and written in the README, so it opens nothing in production (issue 2). */
export const DEMO_PASSWORD = 'Demo-pass-2026!'

/** One for each kind of work; `.test` is reserved and receives no mail (RFC 6761). */
export const DEMO_USERS: readonly DemoUser[] = [
  {
    email: 'admin@demo.test',
    username: 'admin',
    password: DEMO_PASSWORD,
    birthDate: '1984-03-12',
    roles: ['admin', 'staff'],
  },
  {
    email: 'warehouse@demo.test',
    username: 'warehouse',
    password: DEMO_PASSWORD,
    birthDate: '1990-07-25',
    roles: ['warehouse'],
  },
  {
    email: 'courier@demo.test',
    username: 'courier',
    password: DEMO_PASSWORD,
    birthDate: '1996-11-03',
    roles: ['courier'],
  },
  {
    email: 'shopper@demo.test',
    username: 'shopper',
    password: DEMO_PASSWORD,
    birthDate: '1992-05-18',
    roles: ['shopper'],
  },
]
