import { Type } from 'typebox'

export const Email = Type.String({ format: 'email', maxLength: 254 })

/** The rule of passwords has a refusal of its own, which says more than a schema could. */
export const Password = Type.String({ minLength: 1, maxLength: 1_000 })

/** Neither begins nor ends with a space and has no control characters. */
const ONE_LINE = '^(?!\\s)[^\\u0000-\\u001f\\u007f-\\u009f]+(?<!\\s)$'

/** How one is called: by the shop, and in what it writes. */
export const Username = Type.String({ minLength: 1, maxLength: 60, pattern: ONE_LINE })

/** One that is good once; what it looks like is nobody's business but ours. */
export const Token = Type.String({ minLength: 1, maxLength: 200 })

const user = {
  id: Type.String(),
  email: Type.String(),
  username: Type.String(),
  roles: Type.Array(Type.String()),
  createdAt: Type.String({ format: 'date-time' }),
}

export const UserBody = Type.Object(user)

export const MeBody = Type.Object({
  ...user,
  emailVerifiedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'Null until a token that was sent to the address came back.',
  }),
})

export const SessionBody = Type.Object({
  id: Type.String(),
  device: Type.String({ description: 'From the User-Agent of the sign-in.' }),
  createdAt: Type.String({ format: 'date-time' }),
  lastUsedAt: Type.String({ format: 'date-time', description: 'When it was last refreshed.' }),
  expiresAt: Type.String({ format: 'date-time' }),
  isCurrent: Type.Boolean({ description: 'The one whose access token asks.' }),
})

export const NoticeBody = Type.Object({
  userId: Type.String(),
  kind: Type.String({
    enum: [
      'password-reset',
      'email-verification',
      'password-changed',
      'email-change',
      'email-changed',
    ],
  }),
  email: Type.Union([Type.String(), Type.Null()], {
    description: 'Where it goes; null for the address of the user.',
  }),
  token: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
  expiresAt: Type.String({ format: 'date-time' }),
})
