import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import type { AttributeDraft } from '../contract/drafts.ts'
import type { CatalogPages } from '../contract/pages.ts'
import { AttributeBody } from './draft-schemas.ts'
import { versionsIn } from './etag.ts'
import { languageOf } from './language.ts'
import { IF_MATCH, LOOK, WRITE } from './product-routes.ts'
import { Attribute, AttributeDesk, Code, Lang, page } from './schemas.ts'

export function attributeRoutes(changes: CatalogChanges, pages: CatalogPages): readonly Route[] {
  return [
    route({
      id: 'listAttributes',
      method: 'GET',
      path: '/api/v1/attributes',
      tag: 'catalog',
      summary: 'Lists what products may be said to be, by code',
      access: LOOK,
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
        after: Type.Optional(Code),
        lang: Type.Optional(Lang),
      }),
      answer: { status: 200, body: page(Attribute) },
      handle: async ({ tenant, query: { lang, limit = 100, ...rest }, header }) => {
        const language = languageOf(tenant.languages, lang, header('accept-language'))
        const body = await pages.listAttributes(tenant, { limit, ...rest }, language)
        return accept({ body, headers: { 'content-language': language } })
      },
    }),

    route({
      id: 'setAttribute',
      method: 'PUT',
      path: '/api/v1/admin/attributes/{code}',
      tag: 'catalog',
      summary: 'Says what an attribute of products may be',
      description:
        'Its kind stays for ever, and so do the codes of its choices: products have them. Names, and whether it is a facet, searched and for everyone, may change.',
      headers: IF_MATCH,
      access: WRITE,
      params: Type.Object({ code: Code }),
      body: AttributeBody,
      answer: { status: 200, body: AttributeDesk },
      refusals: [
        'catalog.attribute-fixed',
        'catalog.attributes-full',
        'catalog.version-stale',
        'catalog.language-unknown',
        'catalog.text-missing',
      ],
      handle: async ({ tenant, params: { code }, body, cause, header }) => {
        const draft = { ...body, code } as AttributeDraft
        const versions = versionsIn(header('if-match'))
        const set = await changes.setAttribute(tenant, draft, cause, versions)
        if (!set.ok) return set
        const { definition, version } = set.value
        return accept({ body: { ...definition, version }, headers: { etag: `"${version}"` } })
      },
    }),
  ]
}
