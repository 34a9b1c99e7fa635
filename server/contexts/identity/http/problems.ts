import type { ProblemTable } from '#platform/http/route'

import type { IdentityRefusal } from '../contract.ts'

export const problems: ProblemTable<IdentityRefusal['code']> = {
  'identity.address-unknown': {
    status: 404,
    title: 'There is no such address',
    detail: 'Your address book has no such address, or not any more.',
  },
  'identity.addresses-full': {
    status: 409,
    title: 'The address book is full',
    detail: 'An address book has at most {most} addresses. Remove one first.',
  },
  'identity.email-taken': {
    status: 409,
    title: 'There is an account with this e-mail address',
    detail: 'There is an account with this e-mail address in this shop. Sign in instead.',
  },
  'identity.password-weak': {
    status: 422,
    title: 'This password is too easy to guess',
    detail:
      'The password is not taken because {why}. It needs 12 to 128 characters, one of them special.',
  },
  'identity.birth-date-wrong': {
    status: 422,
    title: 'This is nobody’s date of birth',
    detail: 'The date of birth must be a day in the past of someone who can be alive.',
  },
  'identity.too-young': {
    status: 422,
    title: 'An account needs a minimum age',
    detail: 'Whoever has an account must be {minimumAge} years old.',
  },
  'identity.credentials-wrong': {
    status: 401,
    title: 'The e-mail address or the password is wrong',
    detail: 'No account of this shop has this e-mail address with this password.',
  },
  'identity.old-password-wrong': {
    status: 422,
    title: 'The old password is wrong',
    detail: 'The old password is not that of this account, or it was changed just now.',
  },
  'identity.refresh-token-invalid': {
    status: 401,
    title: 'The refresh token is not valid',
    detail: 'The refresh token was used before, has expired, or never was one. Sign in again.',
  },
  'identity.session-ended': {
    status: 401,
    title: 'The session has ended',
    detail: 'The session has ended because {why}. Sign in again.',
  },
  'identity.session-unknown': {
    status: 404,
    title: 'There is no such session',
    detail: 'You have no such session, or it has ended already.',
  },
  'identity.token-invalid': {
    status: 422,
    title: 'The token is not valid',
    detail:
      'The token was used before, was replaced, has expired, or never was one. Ask for another.',
  },
  'identity.too-many-attempts': {
    status: 429,
    title: 'Too many tries from here',
    detail: 'There were too many tries from here. Try again in {retryAfterSeconds} s.',
  },
  'identity.user-unknown': {
    status: 404,
    title: 'There is no such user',
    detail: 'This shop has no such user, or none that you may see.',
  },
}
