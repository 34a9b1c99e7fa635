import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

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
})

export const routes: readonly Route[] = [
  route({
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
        },
      })
    },
  }),
]
