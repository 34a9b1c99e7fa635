import { Type } from 'typebox'

import { route, type Access, type Cause, type Route } from '#platform/http/route'
import { ID_PATTERN } from '#platform/keyset'
import type { TenantId } from '#platform/ids'
import { accept, type Outcome } from '#platform/outcome'

import type { SearchStatistic, Synonym } from '../contract.ts'
import { Query } from './search-routes.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

const Word = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })
const words = Type.Array(Word, { minItems: 1, maxItems: 20 })
const also = Type.Array(Word, { minItems: 1, maxItems: 20 })
const SynonymBody = Type.Object({
  words,
  also,
  isOneWay: Type.Optional(
    Type.Boolean({ default: false, description: 'Who seeks one of `also` does not find `words`.' }),
  ),
})
const SynonymView = Type.Object({
  id: Type.String(),
  words: Type.Array(Type.String()),
  also: Type.Array(Type.String()),
  isOneWay: Type.Boolean(),
})
const Id = Type.String({ pattern: `^${ID_PATTERN}$` })

/** What people of the shop do to its search, and what shoppers tell it. */
export interface Desk {
  synonyms(tenant: TenantId): Promise<readonly Synonym[]>
  addSynonym(
    tenant: TenantId,
    synonym: Omit<Synonym, 'id'>,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: Synonym; readonly replayed: boolean }>>
  removeSynonym(tenant: TenantId, id: string, cause: Cause): Promise<Outcome<unknown>>
  statistics(
    tenant: TenantId,
    ask: { readonly day: string | undefined; readonly isInVain: boolean; readonly limit: number },
  ): Promise<{ readonly day: string; readonly items: readonly SearchStatistic[] }>
  clicked(
    tenant: TenantId,
    click: {
      readonly text: string
      readonly productId: string
      readonly userId: string | undefined
    },
  ): Promise<void>
  forgetInterests(tenant: TenantId, userId: string): Promise<void>
}

export function deskRoutes(desk: Desk): readonly Route[] {
  return [...synonymRoutes(desk), statistics(desk), click(desk), forget(desk)]
}

function synonymRoutes(desk: Desk): Route[] {
  return [
    route({
      id: 'listSynonyms',
      method: 'GET',
      path: '/api/v1/search/synonyms',
      tag: 'search',
      summary: 'Lists the shop’s synonyms',
      description: 'All of them, at most 1,000.',
      access: STAFF,
      answer: { status: 200, body: Type.Object({ items: Type.Array(SynonymView) }) },
      handle: async ({ tenant }) => accept({ body: { items: await desk.synonyms(tenant.id) } }),
    }),
    route({
      id: 'addSynonym',
      method: 'POST',
      path: '/api/v1/search/synonyms',
      tag: 'search',
      summary: 'Says which words are looked for as well where a word is sought',
      access: STAFF,
      idempotent: true,
      body: SynonymBody,
      answer: { status: 201, body: SynonymView },
      refusals: ['search.synonym-phrase', 'search.synonyms-full'],
      example: { body: { words: ['кеди'], also: ['кросівки'], isOneWay: true } },
      async handle({ tenant, body, cause }) {
        const { isOneWay = false, ...rest } = body
        const added = await desk.addSynonym(tenant.id, { ...rest, isOneWay }, cause)
        if (!added.ok) return added
        return accept({ body: added.value.answer, replayed: added.value.replayed })
      },
    }),
    route({
      id: 'removeSynonym',
      method: 'DELETE',
      path: '/api/v1/search/synonyms/{id}',
      tag: 'search',
      summary: 'Removes a group of synonyms',
      access: STAFF,
      params: Type.Object({ id: Id }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['search.synonym-unknown'],
      async handle({ tenant, params: { id }, cause }) {
        const removed = await desk.removeSynonym(tenant.id, id, cause)
        return removed.ok ? accept({ body: null }) : removed
      },
    }),
  ]
}

function statistics(desk: Desk): Route {
  return route({
    id: 'listSearches',
    method: 'GET',
    path: '/api/v1/search/statistics',
    tag: 'search',
    summary: 'What was sought on a day: most often, or in vain',
    description: 'Counts reach this within 5 s. Nothing in it names a person.',
    access: STAFF,
    query: Type.Object({
      day: Type.Optional(Type.String({ format: 'date', description: 'Today when absent.' })),
      which: Type.Optional(
        Type.Union([Type.Literal('top'), Type.Literal('nothing-found')], { default: 'top' }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    }),
    answer: {
      status: 200,
      body: Type.Object({
        day: Type.String(),
        items: Type.Array(
          Type.Object({
            query: Type.String(),
            times: Type.Integer(),
            foundNothing: Type.Integer(),
            clicks: Type.Integer(),
          }),
        ),
      }),
    },
    async handle({ tenant, query: { day, which, limit = 20 } }) {
      const isInVain = which === 'nothing-found'
      return accept({ body: await desk.statistics(tenant.id, { day, isInVain, limit }) })
    },
  })
}

function click(desk: Desk): Route {
  return route({
    id: 'noteSearchClick',
    method: 'POST',
    path: '/api/v1/search/clicks',
    tag: 'search',
    summary: 'Says which product of an answer was looked at',
    description:
      'Counted by query. Of who is signed in it is also remembered for the own ranking, 90 days at most.',
    access: { who: 'anyone', whose: 'public' },
    body: Type.Object({
      q: Query,
      productId: Id,
      personal: Type.Optional(
        Type.Boolean({ default: true, description: 'False: not remembered for the own ranking.' }),
      ),
    }),
    answer: { status: 204, body: Type.Null() },
    async handle({ tenant, actor, body: { q, productId, personal = true } }) {
      const userId = actor.kind === 'user' && personal ? actor.id : undefined
      await desk.clicked(tenant.id, { text: q, productId, userId })
      return accept({ body: null })
    },
  })
}

function forget(desk: Desk): Route {
  return route({
    id: 'forgetSearchInterests',
    method: 'DELETE',
    path: '/api/v1/search/interests',
    tag: 'search',
    summary: 'Forgets what the caller’s own ranking was made of',
    access: { who: 'signed-in', whose: 'own' },
    answer: { status: 204, body: Type.Null() },
    async handle({ tenant, actor }) {
      if (actor.kind === 'user') await desk.forgetInterests(tenant.id, actor.id)
      return accept({ body: null })
    },
  })
}
