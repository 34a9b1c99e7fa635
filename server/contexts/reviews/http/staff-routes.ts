import Type from 'typebox'

import { answered, route, type Access, type Route } from '#platform/http/route'
import { pageQuery } from '#platform/http/schemas'
import { accept } from '#platform/outcome'

import type { ReviewCommands, ReviewQueries } from '../contract.ts'
import { because, contribution, id, own, pageOf } from './schemas.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

const settings = Type.Object({
  showsAtOnce: Type.Boolean({
    description:
      'What no look at the words has flagged is shown at once. Otherwise all waits for staff.',
  }),
})

/** What staff do: read what waits, decide, and say how much they want to read. */
export function staffRoutes(commands: ReviewCommands, queries: ReviewQueries): readonly Route[] {
  return [
    route({
      id: 'listContributions',
      method: 'GET',
      path: '/api/v1/contributions',
      tag: 'reviews',
      summary: 'What waits for staff, was reported or refused; the newest first',
      access: STAFF,
      query: Type.Object({
        ...pageQuery.properties,
        which: Type.Optional(
          Type.Union([Type.Literal('waiting'), Type.Literal('reported'), Type.Literal('refused')], {
            default: 'waiting',
          }),
        ),
      }),
      answer: { status: 200, body: Type.Object(pageOf(own)) },
      handle: async ({ tenant, query: { which = 'waiting', limit = 20, after } }) =>
        accept({
          body: await queries.queue(tenant.id, which, {
            limit,
            ...(after === undefined ? {} : { after }),
          }),
        }),
    }),
    ...moderating(commands),
    route({
      id: 'getReviewSettings',
      method: 'GET',
      path: '/api/v1/contributions/settings',
      tag: 'reviews',
      summary: 'Whether staff read everything first',
      access: STAFF,
      answer: { status: 200, body: settings },
      handle: async ({ tenant }) => accept({ body: await queries.settings(tenant.id) }),
    }),
    route({
      id: 'setReviewSettings',
      method: 'PUT',
      path: '/api/v1/contributions/settings',
      tag: 'reviews',
      summary: 'Say whether staff read everything first',
      access: STAFF,
      body: settings,
      answer: { status: 200, body: settings },
      async handle({ tenant, body, cause }) {
        const outcome = await commands.set(tenant, body, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
  ]
}

function moderating(commands: ReviewCommands): Route[] {
  return [
    route({
      id: 'showContribution',
      method: 'POST',
      path: '/api/v1/contributions/{id}/show',
      tag: 'reviews',
      summary: 'Let others read it',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: contribution },
      refusals: ['reviews.unknown'],
      idempotent: true,
      async handle({ tenant, params, cause }) {
        const verdict = { status: 'shown', because: null } as const
        return answered(await commands.moderate(tenant, params.id, verdict, cause))
      },
    }),
    route({
      id: 'refuseContribution',
      method: 'POST',
      path: '/api/v1/contributions/{id}/refuse',
      tag: 'reviews',
      summary: 'Let others not read it',
      access: STAFF,
      params: Type.Object({ id }),
      body: Type.Object({ because }),
      answer: { status: 200, body: contribution },
      refusals: ['reviews.unknown'],
      idempotent: true,
      async handle({ tenant, params, body, cause }) {
        const verdict = { status: 'refused', because: body.because } as const
        return answered(await commands.moderate(tenant, params.id, verdict, cause))
      },
    }),
  ]
}
