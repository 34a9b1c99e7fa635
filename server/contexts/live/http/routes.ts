import { Type } from 'typebox'

import { route, type Access, type Route } from '#platform/http/route'
import type { SocketSide } from '#platform/http/socket-side'
import { refuse } from '#platform/outcome'

/** It tells what everybody may see. */
const LOOK: Access = { who: 'anyone', whose: 'public' }

export function liveRoutes(socket: SocketSide): readonly Route[] {
  return [
    route({
      id: 'openLivePage',
      method: 'GET',
      path: '/api/v1/live',
      tag: 'live',
      summary: 'Opens a WebSocket that tells of products as they change',
      description:
        'Send `{"subscribe": ["<product id>", …]}`, 100 products at most, and hear `{productId, version, price, availability, position}` (and `variants`, the availability of each `sku` where there are several) of each at once and within a second of every change, twice a second at most; `{productId, gone: true}` of what the shop does not show. `unsubscribe` takes a list as well. After a reconnect send the last position heard as `since`: nothing older is told. A refused message is answered with `{"error": {code, …}}`. Close codes: 1008 too many messages, 1009 a message of more than 8 kB, 1012 the server restarts, 1013 too slow a reader.',
      access: LOOK,
      answer: { status: 101, body: Type.Null() },
      refusals: ['live.upgrade-needed', 'live.origin-wrong', 'live.too-many-connections'],
      socket,
      handle: async () => refuse({ code: 'live.upgrade-needed' }),
    }),
  ]
}
