/** What the matrix, the fields and the fifty shops must catch; a part of `BUGS`. */

const MATRIX = 'tests/authorization/matrix.test.ts'
const OPENINGS = 'tests/authorization/openings.test.ts'
const FIELDS = 'tests/authorization/fields.test.ts'
const SHOPS = 'tests/authorization/shops.test.ts'

export const ACCESS_BUGS = [
  {
    name: 'access: an order is shown to whoever knows its id',
    edits: [
      {
        file: 'server/contexts/orders/domain/tokens.ts',
        right: `return isStaff(actor) || (actor.kind === 'user' && actor.id === order.userId)`,
        wrong: 'return isStaff(actor) || actor !== null',
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: the token of one order opens them all',
    edits: [
      {
        file: 'server/contexts/orders/domain/tokens.ts',
        right: 'if (token !== undefined && tokens.isToken(tenant, orderId, token)) return true',
        wrong: `if (token !== undefined && token.length > 9) return true`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: no token is a token',
    edits: [
      {
        file: 'server/contexts/orders/domain/tokens.ts',
        right: 'if (token !== undefined && tokens',
        wrong: `if (token === '') return true
  if (token !== undefined && tokens`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: the cart of a user opens to whoever knows its id',
    edits: [
      {
        file: 'server/contexts/cart/domain/cart.ts',
        right: `return cart.status !== 'none' && (cart.userId === null || cart.userId === userId)`,
        wrong: `return cart.status !== 'none' || userId === ''`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: anyone reads the payments of anyone',
    edits: [
      {
        file: 'server/contexts/payments/http/routes.ts',
        right: `if (!maySeeOf(actor, params.userId)) return refuse`,
        wrong: `if (maySeeOf(actor, '')) return refuse`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: a list of the own sessions has those of everyone',
    edits: [
      {
        file: 'server/contexts/identity/store/sessions.ts',
        right: 'where tenant_id = $1 and user_id = $2 and ended is null and expires_at > $3',
        wrong:
          'where tenant_id = $1 and $2::uuid is not null and ended is null and expires_at > $3',
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: a list of staff is opened to the signed-in',
    edits: [
      {
        file: 'server/contexts/orders/http/routes.ts',
        right: `access: { who: ['staff', 'admin'], whose: 'shop' }`,
        wrong: `access: { who: 'signed-in', whose: 'public' }`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: the books of an order are declared for shoppers too',
    edits: [
      {
        file: 'server/contexts/payments/http/routes.ts',
        right: `access: { who: ['staff', 'admin'], whose: 'shop' },
      params: Type.Object({ id }),
      answer`,
        wrong: `access: { who: ['shopper', 'staff', 'admin'], whose: 'shop' },
      params: Type.Object({ id }),
      answer`,
      },
    ],
    caughtBy: OPENINGS,
  },
  {
    name: 'access: the gate lets every role in',
    edits: [
      {
        file: 'server/platform/http/access.ts',
        right:
          'if (roles === undefined || actor.roles.some((role) => roles.has(role))) return undefined',
        wrong: 'if (roles === undefined || roles.size > 0) return undefined',
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: a handler is told of roles that nobody declared',
    edits: [
      {
        file: 'server/contexts/identity/http/routes.ts',
        right: `access: { who: 'signed-in', whose: 'own', besides: ['staff', 'admin'] }`,
        wrong: `access: { who: 'signed-in', whose: 'own' }`,
      },
      {
        file: 'server/platform/http/gate.ts',
        right: 'request.actor = seen(actor.value)',
        wrong: 'request.actor = seen(actor.value) && actor.value',
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: the shop is taken from a header',
    edits: [
      {
        file: 'server/platform/http/gate.ts',
        right: 'const tenant = await tenants.byHost(host)',
        wrong: `const tenant = await tenants.byHost(String(request.headers['x-forwarded-host'] ?? host))`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: a token is good in every shop',
    edits: [
      {
        file: 'server/platform/http/gate.ts',
        right: 'if (session === undefined || session.tenant !== tenant.id) {',
        wrong: 'if (session === undefined || tenant.id === undefined) {',
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: a token is good for ever',
    edits: [
      {
        file: 'server/platform/auth/tokens.ts',
        right: ' || exp <= nowSeconds) return undefined',
        wrong: ') return undefined',
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: what is another shop’s is said to be so',
    edits: [
      {
        file: 'server/contexts/orders/queries/view-order.ts',
        right: 'if (!maySee(tokens, tenant, orderId, state, asker)) return refuse(unknown)',
        wrong: `if (state.status !== 'none' && !maySee(tokens, tenant, orderId, state, asker)) {
      return refuse({ ...unknown, isThere: true } as never)
    }
    if (state.status === 'none') return refuse(unknown)`,
      },
    ],
    caughtBy: MATRIX,
  },
  {
    name: 'access: an operation is served and not documented',
    edits: [
      {
        file: 'server/platform/http/openapi.ts',
        right: 'for (const compiled of routes) {',
        wrong: `for (const compiled of routes.filter(({ route }) => route.id !== 'getOrderMoney')) {`,
      },
    ],
    caughtBy: OPENINGS,
  },
  {
    name: 'access: a body may have further fields',
    edits: [
      {
        file: 'server/platform/http/schema.ts',
        right: `    result['additionalProperties'] = false`,
        wrong: `    result['additionalProperties'] = true`,
      },
    ],
    caughtBy: FIELDS,
  },
  {
    name: 'access: so many fields that nobody says what is wrong',
    edits: [
      {
        file: 'server/platform/http/schema.ts',
        right: 'return found.length > 0 ? found.slice(0, MAX_FAULTS) : unexplained(errors, part)',
        wrong: 'return found.length >= 0 ? found.slice(0, MAX_FAULTS) : unexplained(errors, part)',
      },
    ],
    caughtBy: FIELDS,
  },
  {
    name: 'shops: reads of several shops share a transaction',
    edits: [
      {
        file: 'server/platform/db/postgres-reads.ts',
        right: `        const group = this.waiting.get(whose)\n`,
        wrong: `        if (whose !== 'nobody') whose = this.waiting.keys().find((each) => each !== 'nobody') ?? whose
        const group = this.waiting.get(whose)\n`,
      },
    ],
    caughtBy: SHOPS,
  },
  {
    name: 'shops: reads name no shop to the database',
    edits: [
      {
        file: 'server/platform/db/postgres-reads.ts',
        right: `run(client, setTenant, [String(whose)])`,
        wrong: `run(client, setTenant, [''])`,
      },
    ],
    caughtBy: SHOPS,
  },
  {
    name: 'shops: a batch writes the rows of all its shops as the first of them',
    edits: [
      {
        file: 'server/platform/write/rows.ts',
        right: 'groups[place - 1]?.tenant === group.tenant',
        wrong: 'groups[place - 1] !== undefined',
      },
    ],
    caughtBy: SHOPS,
  },
  {
    name: 'shops: a query forgets the shop, and so do the policies',
    edits: [
      {
        file: 'server/contexts/catalog/store/places.ts',
        right: 'from catalog.brands where tenant_id = $1 order by',
        wrong: 'from catalog.brands where $1::int is not null order by',
      },
      {
        // With the policies as they are, the query alone shows nothing: they hold below it.
        file: 'server/contexts/catalog/migrations/0001-products.sql',
        right: `using (tenant_id is not distinct from (select nullif(current_setting(''app.tenant'', true), '''')::int))`,
        wrong: 'using (true)',
      },
    ],
    caughtBy: SHOPS,
  },
] as const
