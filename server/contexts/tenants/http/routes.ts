import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { Looks } from '../contract.ts'
import { EXAMPLE_LOOK, lookRoutes, viewOf } from './look-routes.ts'
import { LookView } from './schemas.ts'

const Shop = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  currency: Type.String({ description: 'ISO 4217; every price of this shop is in it.' }),
  languages: Type.Array(Type.String(), { description: 'BCP 47, the default first.' }),
  timeZone: Type.String({ description: 'IANA name.' }),
  holdMinutes: Type.Integer({ description: 'How long units stay aside for a cart.' }),
  delivery: Type.Array(
    Type.Object({
      method: Type.String(),
      price: Type.Object({ amount: Type.Integer(), currency: Type.String() }),
    }),
  ),
  look: LookView,
})

/** What a shop says of itself. */
export function routes(looks: Looks): readonly Route[] {
  return [shopRoute(looks), ...lookRoutes(looks)]
}

function shopRoute(looks: Looks): Route {
  return route({
    id: 'getShop',
    method: 'GET',
    path: '/api/v1/shop',
    tag: 'shop',
    summary: 'Tells about the shop of this host name',
    access: { who: 'anyone', whose: 'public' },
    answer: { status: 200, body: Shop },
    example: {
      answer: {
        slug: 'demo',
        name: 'Torg Sport',
        currency: 'UAH',
        languages: ['uk', 'ru', 'en'],
        timeZone: 'Europe/Kyiv',
        holdMinutes: 30,
        delivery: [{ method: 'courier', price: { amount: 12000, currency: 'UAH' } }],
        look: EXAMPLE_LOOK,
      },
    },
    handle: async ({ tenant }) => {
      const { slug, name, currency, languages, timeZone, holdMinutes } = tenant
      const delivery = Object.entries(tenant.delivery).map(([method, amount]) => ({
        method,
        price: { amount, currency },
      }))
      return accept({
        body: {
          slug,
          name,
          currency,
          languages: [...languages],
          timeZone,
          holdMinutes,
          delivery,
          look: viewOf(await looks.of(tenant.id)),
        },
      })
    },
  })
}
