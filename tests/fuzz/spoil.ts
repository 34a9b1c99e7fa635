/** One thing wrong with a request that was in order: what its schema refuses must be refused. */
import { checkOf, type Operation } from './document.ts'

/** A request whose places are filled. */
export interface Filled {
  readonly operation: Operation
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  /** The body as its sender has signed it, if that counts. */
  readonly signed?: string | undefined
}

type Spoilt = Filled & { readonly what: string }

/** Of no use to any field that names a type, a length or a form. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53,
  1e21,
  -1e21,
  '',
  ' ',
  '1',
  '1e3',
  'NaN',
  'x'.repeat(3_000),
  [],
  {},
  [[]],
  [null],
  { amount: 1 },
  { $gt: '' },
  'a\0b',
  '\ud800',
  '2026-02-30',
  '2026-13-01T25:61:61Z',
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
  'not/a/uuid',
  "'; drop table orders.contacts; --",
]

/** What clients would like to say and never may (mass assignment). */
const EXTRA: readonly (readonly [string, unknown])[] = [
  ['price', { amount: 1, currency: 'UAH' }],
  ['total', { amount: 1, currency: 'UAH' }],
  ['discount', 100],
  ['status', 'succeeded'],
  ['tenantId', 2],
  ['tenant_id', 2],
  ['role', 'admin'],
  ['roles', ['admin']],
  ['isAdmin', true],
  ['userId', '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b'],
  ['id', '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b'],
  ['createdAt', '2020-01-01T00:00:00Z'],
  ['constructor', { prototype: { isAdmin: true } }],
  ['toString', 1],
  ['hasOwnProperty', null],
  ['', ''],
  ['x'.repeat(1_000), 1],
]

/** A body with one place changed: a whole new value, none at all, or a field nobody asked for. */
function spoiltBodies(body: unknown, at = ''): ((wrong: unknown) => readonly [string, unknown])[] {
  const ways: ((wrong: unknown) => readonly [string, unknown])[] = [
    (wrong) => [`${at || '/'} is ${JSON.stringify(wrong)?.slice(0, 60)}`, wrong],
  ]
  if (Array.isArray(body)) {
    for (const [position, each] of body.slice(0, 2).entries()) {
      for (const way of spoiltBodies(each, `${at}/${position}`)) {
        ways.push((wrong) => {
          const [what, value] = way(wrong)
          return [what, body.with(position, value)]
        })
      }
    }
  } else if (typeof body === 'object' && body !== null) {
    for (const [name, each] of Object.entries(body)) {
      ways.push(() => {
        const { [name]: _gone, ...others } = body as Record<string, unknown>
        return [`${at}/${name} is missing`, others]
      })
      for (const way of spoiltBodies(each, `${at}/${name}`)) {
        ways.push((wrong) => {
          const [what, value] = way(wrong)
          return [what, { ...body, [name]: value }]
        })
      }
    }
    for (const [name, value] of EXTRA) {
      ways.push(() => [`${at}/${name.slice(0, 20)} is added`, { ...body, [name]: value }])
    }
  }
  return ways
}

/** The request with one thing wrong, or undefined when everything fits it. */
export function spoilt(filled: Filled, how: number, where: number): Spoilt | undefined {
  const { operation } = filled
  const places = ['path', 'query', 'path', 'query'] as const
  // Bodies have more to them than addresses.
  if (operation.method !== 'GET' && !operation.isUpload && where % 8 >= 3) {
    const ways = spoiltBodies(filled.body === undefined ? {} : filled.body)
    const way = ways[where % ways.length]
    for (let turn = 0; turn < WRONG.length; turn += 1) {
      const [what, body] = way?.(WRONG[(how + turn) % WRONG.length]) ?? ['', undefined]
      if (operation.checkBody(body === null && operation.body === undefined ? {} : body)) {
        return { ...filled, signed: undefined, body, what }
      }
    }
  }
  const place = places[where % places.length] ?? 'query'
  const its = operation.parameters.filter((parameter) => parameter.in === place)
  const { name, schema } = its[how % (its.length + 1)] ?? {}
  if (name === undefined || schema === undefined) {
    if (operation.path === '/' || !operation.path.startsWith('/api/')) return undefined
    const extra = EXTRA[how % EXTRA.length]?.[0] || 'debug'
    return { ...filled, query: { ...filled.query, [extra]: '1' }, what: `?${extra} is added` }
  }
  for (let turn = 0; turn < WRONG.length; turn += 1) {
    const wrong = WRONG[(how + turn) % WRONG.length]
    const text = typeof wrong === 'string' ? wrong : JSON.stringify(wrong)
    // A lone surrogate cannot be written as UTF-8 at all; the raw mode sends its bytes.
    if (!text.isWellFormed() || !isRefused(schema, text)) continue
    return {
      ...filled,
      [place]: { ...filled[place], [name]: text },
      what: `${name} is ${text.slice(0, 60)}`,
    }
  }
  return undefined
}

function isRefused(schema: Parameters<typeof checkOf>[0], text: string): boolean {
  if (text.includes('\0')) return true
  const isNumber = schema['type'] === 'integer' && /^-?\d{1,15}$/.test(text)
  return checkOf(schema)(isNumber ? Number(text) : text) !== undefined
}
