import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { Notices } from '../contract.ts'
import { NoticeBody } from './schemas.ts'

/** To try out what is sent while nothing sends it. */
export function noticeRoutes(notices: Notices): readonly Route[] {
  return [
    route({
      id: 'listNotices',
      method: 'GET',
      path: '/api/v1/users/notices',
      tag: 'users',
      summary: 'Lists notices to users that wait to be sent, newest first',
      description:
        'Nothing sends notices yet, so their tokens can be read here while the shop is tried out. ' +
        'They open accounts: with `NODE_ENV=production` there is no such address.',
      access: { who: ['admin'], whose: 'shop' },
      query: Type.Object({
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
      }),
      answer: { status: 200, body: Type.Object({ items: Type.Array(NoticeBody) }) },
      handle: async ({ tenant, query: { limit = 20 } }) =>
        accept({ body: { items: await notices.newest(tenant.id, limit) } }),
    }),
  ]
}
