import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { Emails, Passwords } from '../contract.ts'
import { Email, Password, Token } from './schemas.ts'

/** What is opened by a token that was sent and is good once. */
export function tokenRoutes(passwords: Passwords, emails: Emails): readonly Route[] {
  return [
    route({
      id: 'forgetPassword',
      method: 'POST',
      path: '/api/v1/users/password/forgot',
      tag: 'users',
      summary: 'Has a token sent by which a forgotten password is replaced',
      description:
        'The answer is the same whether or not there is such an account. The token is good once, for 30 minutes; ' +
        'the one before is good no longer. Within 15 minutes at most 5 for one address from one network.',
      access: { who: 'anyone', whose: 'public' },
      body: Type.Object({ email: Email }),
      answer: { status: 202, body: Type.Object({}) },
      refusals: ['identity.too-many-attempts'],
      example: { body: { email: 'olena@example.test' } },
      handle: async ({ tenant, body, ip, cause }) => {
        const asked = await passwords.forget(tenant, { ...body, ip }, cause)
        return asked.ok ? accept({ body: {} }) : asked
      },
    }),
    route({
      id: 'resetPassword',
      method: 'POST',
      path: '/api/v1/users/password/reset',
      tag: 'users',
      summary: 'Sets another password by a token that was sent, and ends every session',
      access: { who: 'anyone', whose: 'bearer', by: 'token' },
      body: Type.Object({ token: Token, password: Password }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['identity.token-invalid', 'identity.password-weak', 'identity.too-many-attempts'],
      handle: async ({ tenant, body, ip, cause }) => {
        const reset = await passwords.reset(tenant, { ...body, ip }, cause)
        return reset.ok ? accept({ body: null }) : reset
      },
    }),
    route({
      id: 'verifyEmail',
      method: 'POST',
      path: '/api/v1/users/email/verify',
      tag: 'users',
      summary: 'Verifies an e-mail address by the token that was sent to it',
      access: { who: 'anyone', whose: 'bearer', by: 'token' },
      body: Type.Object({ token: Token }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['identity.token-invalid', 'identity.too-many-attempts'],
      handle: async ({ tenant, body, ip, cause }) => {
        const verified = await emails.verify(tenant, { ...body, ip }, cause)
        return verified.ok ? accept({ body: null }) : verified
      },
    }),
    route({
      id: 'confirmEmailChange',
      method: 'POST',
      path: '/api/v1/users/email/change',
      tag: 'users',
      summary: 'Makes another e-mail address that of the account, by the token that was sent to it',
      description: 'It counts as verified. The address before is told.',
      access: { who: 'anyone', whose: 'bearer', by: 'token' },
      body: Type.Object({ token: Token }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['identity.token-invalid', 'identity.too-many-attempts'],
      handle: async ({ tenant, body, ip, cause }) => {
        const changed = await emails.confirmChange(tenant, { ...body, ip }, cause)
        return changed.ok ? accept({ body: null }) : changed
      },
    }),
  ]
}
