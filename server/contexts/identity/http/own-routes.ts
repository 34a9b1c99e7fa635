import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept, refuse } from '#platform/outcome'

import type { Emails, Passwords, Sessions, Users } from '../contract.ts'
import { Email, MeBody, Password, SessionBody, Username } from './schemas.ts'
import { selfOf } from './self.ts'

const own = { who: 'signed-in', whose: 'own' } as const
const done = { status: 204, body: Type.Null() } as const

/** What the signed-in see and change of themselves. */
export function ownRoutes(
  users: Users,
  sessions: Sessions,
  passwords: Passwords,
  emails: Emails,
): readonly Route[] {
  return [
    route({
      id: 'getMe',
      method: 'GET',
      path: '/api/v1/users/me',
      tag: 'users',
      summary: 'Shows who is signed in',
      access: own,
      answer: { status: 200, body: MeBody },
      refusals: ['identity.user-unknown'],
      handle: async ({ tenant, actor }) => {
        const found = await users.me(tenant.id, selfOf(actor).userId)
        return found === undefined
          ? refuse({ code: 'identity.user-unknown' })
          : accept({ body: found })
      },
    }),
    route({
      id: 'changeMe',
      method: 'PATCH',
      path: '/api/v1/users/me',
      tag: 'users',
      summary: 'Changes how who is signed in is called',
      description: 'Orders and reviews keep the name they were given.',
      access: own,
      body: Type.Object({ username: Username }),
      answer: { status: 200, body: MeBody },
      refusals: ['identity.user-unknown'],
      handle: async ({ tenant, actor, body, cause }) => {
        const renamed = await users.rename(tenant.id, selfOf(actor).userId, body.username, cause)
        return renamed.ok ? accept({ body: renamed.value }) : renamed
      },
    }),
    ...ownSessions(sessions),
    route({
      id: 'changePassword',
      method: 'POST',
      path: '/api/v1/users/me/password',
      tag: 'users',
      summary: 'Changes the password by the old one',
      description:
        'Every other session ends. Tries with a wrong old password count as tries to sign in.',
      access: own,
      body: Type.Object({ oldPassword: Password, password: Password }),
      answer: done,
      refusals: [
        'identity.old-password-wrong',
        'identity.password-weak',
        'identity.too-many-attempts',
        'identity.user-unknown',
      ],
      handle: async ({ tenant, actor, body, ip, cause }) => {
        const changed = await passwords.change(tenant, selfOf(actor), { ...body, ip }, cause)
        return changed.ok ? accept({ body: null }) : changed
      },
    }),
    ...ownEmail(emails),
  ]
}

function ownSessions(sessions: Sessions): readonly Route[] {
  return [
    route({
      id: 'listMySessions',
      method: 'GET',
      path: '/api/v1/users/me/sessions',
      tag: 'users',
      summary: 'Lists where one is signed in, newest first',
      description: 'At most five.',
      access: own,
      answer: { status: 200, body: Type.Object({ items: Type.Array(SessionBody) }) },
      handle: async ({ tenant, actor }) => {
        const { userId, sessionId } = selfOf(actor)
        const items = await sessions.list(tenant.id, userId)
        return accept({
          body: { items: items.map((each) => ({ ...each, isCurrent: each.id === sessionId })) },
        })
      },
    }),
    route({
      id: 'endMySession',
      method: 'DELETE',
      path: '/api/v1/users/me/sessions/{id}',
      tag: 'users',
      summary: 'Signs out one of the own devices',
      description: 'Its access token lapses by itself, within ten minutes.',
      access: own,
      params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      answer: done,
      refusals: ['identity.session-unknown'],
      handle: async ({ tenant, actor, params, cause }) => {
        const { userId } = selfOf(actor)
        const ended = await sessions.end(tenant.id, userId, params.id, cause)
        return ended.ok ? accept({ body: null }) : ended
      },
    }),
    route({
      id: 'endMySessions',
      method: 'DELETE',
      path: '/api/v1/users/me/sessions',
      tag: 'users',
      summary: 'Signs out everywhere, here too',
      description: 'Access tokens lapse by themselves, within ten minutes.',
      access: own,
      answer: done,
      handle: async ({ tenant, actor, cause }) => {
        const ended = await sessions.endAll(tenant.id, selfOf(actor).userId, cause)
        return ended.ok ? accept({ body: null }) : ended
      },
    }),
  ]
}

function ownEmail(emails: Emails): readonly Route[] {
  return [
    route({
      id: 'askEmailVerification',
      method: 'POST',
      path: '/api/v1/users/me/email/verification',
      tag: 'users',
      summary: 'Has another token sent that verifies the e-mail address',
      description:
        'The token is good once, for 24 hours; the one before is good no longer. Nothing is sent for an address that is verified.',
      access: own,
      body: Type.Optional(Type.Object({})),
      answer: { status: 202, body: Type.Object({}) },
      refusals: ['identity.too-many-attempts'],
      handle: async ({ tenant, actor, ip, cause }) => {
        const asked = await emails.askAgain(tenant, selfOf(actor).userId, ip, cause)
        return asked.ok ? accept({ body: {} }) : asked
      },
    }),
    route({
      id: 'askEmailChange',
      method: 'POST',
      path: '/api/v1/users/me/email',
      tag: 'users',
      summary: 'Has a token sent to another e-mail address that makes it that of the account',
      description:
        'By the password: tries with a wrong one count as tries to sign in. The token is good once, for 24 hours; the one before is good no longer. ' +
        'Whether somebody has that address is not told: then nothing is sent.',
      access: own,
      body: Type.Object({ email: Email, password: Password }),
      answer: { status: 202, body: Type.Object({}) },
      refusals: [
        'identity.old-password-wrong',
        'identity.too-many-attempts',
        'identity.user-unknown',
      ],
      handle: async ({ tenant, actor, body, ip, cause }) => {
        const asked = await emails.askChange(tenant, selfOf(actor), { ...body, ip }, cause)
        return asked.ok ? accept({ body: {} }) : asked
      },
    }),
  ]
}
