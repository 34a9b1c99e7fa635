/** What routes of categories and of brands share: both are short lists of names under slugs. */
import { Type, type Static } from 'typebox'

import type { Cause, RouteRequest } from '#platform/http/route'
import { accept, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { Created } from '../contract.ts'
import type { Page, PageAsk } from '../contract/pages.ts'
import { languageOf } from './language.ts'
import { Lang, Slug } from './schemas.ts'

export const listQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 100 })),
  after: Type.Optional(Slug),
  lang: Type.Optional(Lang),
})
export const query = Type.Object({ lang: Type.Optional(Lang) })
export const params = Type.Object({ slug: Slug })

type Asked<Q> = RouteRequest<unknown, Q, unknown>

/** Answers with a page in the language of who asks. */
export function listed<View>(
  ask: (tenant: Tenant, page: PageAsk, language: string) => Promise<Page<View>>,
) {
  return async ({ tenant, query: asked, header }: Asked<Static<typeof listQuery>>) => {
    const { lang, limit = 100, ...rest } = asked
    const language = languageOf(tenant.languages, lang, header('accept-language'))
    const body = await ask(tenant, { limit, ...rest }, language)
    return accept({ body, headers: { 'content-language': language } })
  }
}

/** Adds what the body says, which the route's schema has checked, and answers with it. */
export function added<Draft, View>(
  add: (
    tenant: Tenant,
    draft: Draft,
    cause: Cause,
    language: string,
  ) => Promise<Outcome<Created<View>>>,
) {
  return async ({ tenant, query: asked, body, cause, header }: Asked<Static<typeof query>>) => {
    const language = languageOf(tenant.languages, asked.lang, header('accept-language'))
    const outcome = await add(tenant, body as Draft, cause, language)
    if (!outcome.ok) return outcome
    return accept({ body: outcome.value.view, replayed: outcome.value.replayed })
  }
}
