import { Type } from 'typebox'

import { route, shown, type Actor, type Route } from '#platform/http/route'
import { accept, refuse, type Refusal } from '#platform/outcome'

import type { Addresses, Emails, Notices, Passwords, Sessions, Users } from '../contract.ts'
import { addressRoutes } from './address-routes.ts'
import { noticeRoutes } from './notice-routes.ts'
import { ownRoutes } from './own-routes.ts'
import { tokenRoutes } from './token-routes.ts'
import { Email, Password, UserBody, Username } from './schemas.ts'

const UserId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
})
const RefreshToken = Type.String({ minLength: 1, maxLength: 200 })

const PassBody = Type.Object({
  accessToken: Type.String({ description: 'Sent as `Authorization: Bearer …`.' }),
  refreshToken: Type.String({ description: 'Good for one refresh.' }),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ description: 'Seconds the access token lives.' }),
})

const EXAMPLE_USER = {
  id: '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b',
  email: 'olena@example.test',
  username: 'olena',
  roles: ['shopper'],
  createdAt: '2026-11-21T09:30:00.000Z',
}

/** What the routes of this context ask. */
export interface Identity {
  readonly users: Users
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly emails: Emails
  readonly addresses: Addresses
  readonly notices: Notices
}

/** In production nobody reads notices that open accounts, so there is no such address. */
export function routes(identity: Identity, isProduction: boolean): readonly Route[] {
  const { users, sessions, passwords, emails, addresses, notices } = identity
  return [
    ...accountRoutes(users),
    ...sessionRoutes(sessions),
    ...ownRoutes(users, sessions, passwords, emails),
    ...addressRoutes(addresses),
    ...tokenRoutes(passwords, emails),
    ...(isProduction ? [] : noticeRoutes(notices)),
  ]
}

function accountRoutes(users: Users): readonly Route[] {
  return [
    route({
      id: 'registerUser',
      method: 'POST',
      path: '/api/v1/users/register',
      tag: 'users',
      summary: 'Registers an account',
      access: { who: 'anyone', whose: 'public' },
      idempotent: true,
      body: Type.Object({
        email: Email,
        username: Username,
        password: Password,
        birthDate: Type.String({ format: 'date' }),
      }),
      answer: { status: 201, body: UserBody },
      refusals: [
        'identity.email-taken',
        'identity.password-weak',
        'identity.birth-date-wrong',
        'identity.too-young',
        'identity.too-many-attempts',
        'identity.user-unknown',
      ],
      example: {
        body: {
          email: 'olena@example.test',
          username: 'olena',
          password: 'kayak over the dam 9',
          birthDate: '1994-05-17',
        },
        answer: EXAMPLE_USER,
      },
      handle: async ({ tenant, body, ip, cause }) => {
        const made = await users.register(tenant, { ...body, ip }, ['shopper'], cause)
        if (!made.ok) return made
        return accept({ body: made.value.user, replayed: made.value.replayed })
      },
    }),
    route({
      id: 'getUser',
      method: 'GET',
      path: '/api/v1/users/{id}',
      tag: 'users',
      summary: 'Shows a user: oneself, or anyone of the shop to its staff',
      access: { who: 'signed-in', whose: 'own', besides: ['staff', 'admin'] },
      params: Type.Object({ id: UserId }),
      answer: { status: 200, body: UserBody },
      refusals: ['identity.user-unknown'],
      example: { answer: EXAMPLE_USER },
      handle: async ({ tenant, actor, params }) => {
        const found = maySee(actor, params.id) ? await users.find(tenant.id, params.id) : undefined
        return found === undefined
          ? refuse({ code: 'identity.user-unknown' })
          : accept({ body: found })
      },
    }),
    route({
      id: 'listUsers',
      method: 'GET',
      path: '/api/v1/users',
      tag: 'users',
      summary: 'Lists the users of the shop, newest first',
      access: { who: ['staff', 'admin'], whose: 'shop' },
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
        after: Type.Optional(Type.String({ maxLength: 100 })),
      }),
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(UserBody),
          next: Type.Union([Type.String(), Type.Null()]),
        }),
      },
      handle: async ({ tenant, query: { limit = 20, after } }) => {
        const page = await users.list(tenant.id, limit, after)
        if (page === undefined) return refuse(noPlace())
        return accept({ body: { items: page.items, next: page.next } })
      },
    }),
  ]
}

function sessionRoutes(sessions: Sessions): readonly Route[] {
  return [
    route({
      id: 'login',
      method: 'POST',
      path: '/api/v1/users/login',
      tag: 'users',
      summary: 'Signs in by password',
      description:
        'Within 15 minutes at most 10 tries for one account from one network, and 100 that fail from one network. ' +
        'A user has at most five sessions; the sixth sign-in ends the oldest.',
      access: { who: 'anyone', whose: 'public' },
      body: Type.Object({
        email: Type.String({ minLength: 1, maxLength: 254 }),
        password: Password,
      }),
      answer: { status: 200, body: PassBody },
      refusals: ['identity.credentials-wrong', 'identity.too-many-attempts'],
      example: { body: { email: 'olena@example.test', password: 'kayak over the dam 9' } },
      headers: { 'User-Agent': 'Names the device in the list of sessions.' },
      handle: async ({ tenant, body, ip, header, cause }) => {
        const userAgent = header('user-agent')
        const given = { ...body, ip, ...(userAgent === undefined ? {} : { userAgent }) }
        return shown(await sessions.signIn(tenant, given, cause))
      },
    }),
    route({
      id: 'refresh',
      method: 'POST',
      path: '/api/v1/users/refresh',
      tag: 'users',
      summary: 'Changes a refresh token for a new pair of tokens',
      description:
        'Each refresh token is good for one pair: shown again within ten seconds it gives the same next token, later it ends its session.',
      access: { who: 'anyone', whose: 'bearer', by: 'token' },
      body: Type.Object({ refreshToken: RefreshToken }),
      answer: { status: 200, body: PassBody },
      refusals: ['identity.refresh-token-invalid', 'identity.session-ended'],
      handle: async ({ tenant, body, cause }) => {
        return shown(await sessions.refresh(tenant, body.refreshToken, cause))
      },
    }),
    route({
      id: 'logout',
      method: 'POST',
      path: '/api/v1/users/logout',
      tag: 'users',
      summary: 'Ends a session: that of the refresh token, else that of the access token',
      description: 'The access token lapses by itself, within ten minutes.',
      access: { who: 'anyone', whose: 'bearer', by: 'token' },
      body: Type.Object({ refreshToken: Type.Optional(RefreshToken) }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['auth.required'],
      handle: async ({ tenant, actor, body, cause }) => {
        const { refreshToken } = body
        const sessionId = actor.kind === 'user' ? actor.sessionId : undefined
        let which: Parameters<Sessions['signOut']>[1]
        if (refreshToken !== undefined) which = { refreshToken }
        else if (sessionId !== undefined) which = { sessionId }
        else return refuse({ code: 'auth.required' })
        const ended = await sessions.signOut(tenant, which, cause)
        return ended.ok ? accept({ body: null }) : ended
      },
    }),
  ]
}

/** Whoever may not see someone is told what they would be told if there were nobody. */
function maySee(actor: Actor, id: string): boolean {
  if (actor.kind === 'guest') return false
  return actor.id === id || actor.roles.includes('staff') || actor.roles.includes('admin')
}

function noPlace(): Refusal {
  const errors = [{ in: 'query', pointer: '/after', message: 'is not the next of an earlier page' }]
  return { code: 'request.invalid', errors } as Refusal
}
