import Type from 'typebox'

import { answered, route, type Access, type Actor, type Route } from '#platform/http/route'
import { pageQuery } from '#platform/http/schemas'
import { accept } from '#platform/outcome'

import type { ReviewCommands, ReviewQueries } from '../contract.ts'
import {
  because,
  contribution,
  id,
  own,
  pageOf,
  rating,
  ratingView,
  scoredPages,
  titled,
  withAnswers,
  words,
} from './schemas.ts'

const ANYONE: Access = { who: 'anyone', whose: 'public' }
const USERS: Access = { who: 'signed-in', whose: 'public' }
const OWN: Access = { who: 'signed-in', whose: 'own', besides: ['staff', 'admin'] }

type User = Actor & { readonly kind: 'user' }

/** Routes for the signed-in are not reached by others: the server has seen to that. */
export function userOf(actor: Actor): User {
  if (actor.kind !== 'user') throw new Error('This route is for the signed-in.')
  return actor
}

export function contributionRoutes(
  commands: ReviewCommands,
  queries: ReviewQueries,
): readonly Route[] {
  return [...reading(queries), ...writing(commands), ...answering(commands)]
}

const sort = Type.Union(
  [
    Type.Literal('newest'),
    Type.Literal('helpful'),
    Type.Literal('highest'),
    Type.Literal('lowest'),
  ],
  { default: 'newest' },
)

function reading(queries: ReviewQueries): Route[] {
  return [
    route({
      id: 'listReviews',
      method: 'GET',
      path: '/api/v1/products/{id}/reviews',
      tag: 'reviews',
      summary: 'What buyers say of a product, and how they rate it',
      access: ANYONE,
      params: Type.Object({ id }),
      query: Type.Object({ ...scoredPages, sort: Type.Optional(sort) }),
      answer: {
        status: 200,
        body: Type.Object({ rating: ratingView, ...pageOf(withAnswers) }),
      },
      async handle({ tenant, params, query: { limit = 20, sort: by = 'newest', after } }) {
        const [page, rated] = await Promise.all([
          queries.of(tenant.id, {
            productId: params.id,
            kind: 'review',
            sort: by,
            limit,
            ...(after === undefined ? {} : { after }),
          }),
          queries.rating(tenant.id, params.id),
        ])
        return accept({ body: { rating: rated, ...page } })
      },
    }),
    route({
      id: 'listQuestions',
      method: 'GET',
      path: '/api/v1/products/{id}/questions',
      tag: 'reviews',
      summary: 'What people ask about a product, with answers; the newest first',
      access: ANYONE,
      params: Type.Object({ id }),
      query: Type.Object(scoredPages),
      answer: { status: 200, body: Type.Object(pageOf(withAnswers)) },
      async handle({ tenant, params, query: { limit = 20, after } }) {
        const body = await queries.of(tenant.id, {
          productId: params.id,
          kind: 'question',
          sort: 'newest',
          limit,
          ...(after === undefined ? {} : { after }),
        })
        return accept({ body })
      },
    }),
    route({
      id: 'listOwnContributions',
      method: 'GET',
      path: '/api/v1/users/me/contributions',
      tag: 'reviews',
      summary: 'What the signed-in user wrote, and what became of it',
      access: { who: 'signed-in', whose: 'own' },
      query: pageQuery,
      answer: { status: 200, body: Type.Object(pageOf(own)) },
      handle: async ({ tenant, actor, query: { limit = 20, ...query } }) =>
        accept({ body: await queries.mine(tenant.id, userOf(actor).id, { limit, ...query }) }),
    }),
  ]
}

function writing(commands: ReviewCommands): Route[] {
  return [
    route({
      id: 'writeReview',
      method: 'POST',
      path: '/api/v1/products/{id}/reviews',
      tag: 'reviews',
      summary: 'Review a product',
      description: 'One review for each user and product. `status` says whether others see it yet.',
      access: USERS,
      params: Type.Object({ id }),
      body: Type.Object({ ...titled, rating }),
      answer: { status: 201, body: contribution },
      refusals: ['reviews.product-unknown', 'reviews.already-written', 'reviews.too-many'],
      idempotent: true,
      async handle({ tenant, actor, params, body, cause }) {
        const review = { ...body, productId: params.id }
        return answered(await commands.review(tenant, userOf(actor).id, review, cause))
      },
    }),
    route({
      id: 'askQuestion',
      method: 'POST',
      path: '/api/v1/products/{id}/questions',
      tag: 'reviews',
      summary: 'Ask about a product',
      access: USERS,
      params: Type.Object({ id }),
      body: Type.Object(words),
      answer: { status: 201, body: contribution },
      refusals: ['reviews.product-unknown', 'reviews.too-many'],
      idempotent: true,
      async handle({ tenant, actor, params, body, cause }) {
        const question = { ...body, productId: params.id }
        return answered(await commands.ask(tenant, userOf(actor).id, question, cause))
      },
    }),
    route({
      id: 'changeContribution',
      method: 'PUT',
      path: '/api/v1/contributions/{id}',
      tag: 'reviews',
      summary: 'Say it in other words, with other stars',
      description: 'What others see already may have to wait for staff again.',
      access: { who: 'signed-in', whose: 'own' },
      params: Type.Object({ id }),
      body: Type.Object({ ...titled, rating: Type.Optional(rating) }),
      answer: { status: 200, body: contribution },
      refusals: ['reviews.unknown', 'reviews.rating-misplaced'],
      async handle({ tenant, actor, params, body, cause }) {
        const outcome = await commands.change(tenant, userOf(actor).id, params.id, body, cause)
        return outcome.ok ? accept({ body: outcome.value.answer }) : outcome
      },
    }),
    route({
      id: 'removeContribution',
      method: 'DELETE',
      path: '/api/v1/contributions/{id}',
      tag: 'reviews',
      summary: 'Take back what one wrote; staff take away anything',
      access: OWN,
      params: Type.Object({ id }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['reviews.unknown'],
      async handle({ tenant, actor, params, cause }) {
        const outcome = await commands.remove(tenant, userOf(actor), params.id, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}

function answering(commands: ReviewCommands): Route[] {
  const marks = (['PUT', 'DELETE'] as const).map((method) =>
    route({
      id: method === 'PUT' ? 'voteContribution' : 'unvoteContribution',
      method,
      path: '/api/v1/contributions/{id}/vote',
      tag: 'reviews',
      summary: method === 'PUT' ? 'Say that it was helpful' : 'Take that back',
      access: USERS,
      params: Type.Object({ id }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['reviews.unknown', 'reviews.own'],
      async handle({ tenant, actor, params, cause }) {
        const isHelpful = method === 'PUT'
        const user = userOf(actor).id
        const outcome = await commands.vote(tenant, user, params.id, isHelpful, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  )
  return [
    ...marks,
    route({
      id: 'answerContribution',
      method: 'POST',
      path: '/api/v1/contributions/{id}/answers',
      tag: 'reviews',
      summary: 'Answer a question, or as staff a review',
      description: 'Answers of staff are shown at once.',
      access: { ...USERS, besides: ['staff', 'admin'] },
      params: Type.Object({ id }),
      body: Type.Object(words),
      answer: { status: 201, body: contribution },
      refusals: [
        'reviews.unknown',
        'reviews.not-answerable',
        'reviews.not-a-buyer',
        'reviews.too-many',
      ],
      idempotent: true,
      async handle({ tenant, actor, params, body, cause }) {
        const answer = { ...body, parentId: params.id }
        return answered(await commands.answer(tenant, userOf(actor), answer, cause))
      },
    }),
    route({
      id: 'reportContribution',
      method: 'PUT',
      path: '/api/v1/contributions/{id}/report',
      tag: 'reviews',
      summary: 'Ask staff to look at it',
      access: USERS,
      params: Type.Object({ id }),
      body: Type.Object({ because }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['reviews.unknown', 'reviews.own'],
      async handle({ tenant, actor, params, body, cause }) {
        const user = userOf(actor).id
        const outcome = await commands.report(tenant, user, params.id, body.because, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}
