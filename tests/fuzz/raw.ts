/** Requests as bytes that no client of good faith would send. */
import type { Filled } from './spoil.ts'
import type { Expected } from './judge.ts'
import type { Bytes } from './wire.ts'

/** A request as it is before it becomes bytes. */
export interface Message {
  method: string
  target: string
  version: string
  headers: (readonly [string, string])[]
  body: Buffer
}

export interface Raw extends Bytes {
  readonly what: string
  readonly expected: Expected
}

interface Abuse {
  readonly what: string
  /** What is due: `refused` where nothing else can be right. */
  readonly expected?: Expected
  readonly hangUp?: Bytes['hangUp']
  /** Only for operations that take a body. */
  readonly needsBody?: boolean
  readonly act: (message: Message, pick: number) => void
  /** The last word on the bytes. */
  readonly bytes?: (bytes: Buffer, pick: number) => Buffer
}

/** The path with its places filled, and the query. */
export function targetOf({ operation, path, query }: Filled): string {
  const bare = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  )
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )
  return pairs.length === 0 ? bare : `${bare}?${pairs.join('&')}`
}

export function messageOf(filled: Filled, host: string): Message {
  const { operation, headers, body, signed } = filled
  const text = signed ?? (body === undefined ? '' : JSON.stringify(body))
  const its: (readonly [string, string])[] = [['host', host], ...Object.entries(headers)]
  if (operation.method !== 'GET') {
    if (text !== '' && headers['content-type'] === undefined) {
      its.push(['content-type', 'application/json'])
    }
    its.push(['content-length', String(Buffer.byteLength(text))])
  }
  return {
    method: operation.method,
    target: targetOf(filled),
    version: 'HTTP/1.1',
    headers: its,
    body: operation.method === 'GET' ? Buffer.alloc(0) : Buffer.from(text),
  }
}

export function bytesOf({ method, target, version, headers, body }: Message): Buffer {
  const head = [
    `${method} ${target} ${version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

export function rawOf(message: Message, how: number, where: number): Raw {
  const hasBody = message.method !== 'GET'
  const fitting = ABUSES.filter(({ needsBody = false }) => hasBody || !needsBody)
  const abuse = fitting[how % fitting.length]!
  const spoilt: Message = { ...message, headers: [...message.headers] }
  abuse.act(spoilt, where)
  const bytes = bytesOf(spoilt)
  return {
    what: abuse.what,
    bytes: abuse.bytes?.(bytes, where) ?? bytes,
    isHead: spoilt.method === 'HEAD',
    expected: abuse.expected ?? 'well-formed',
    ...(abuse.hangUp === undefined ? {} : { hangUp: abuse.hangUp }),
  }
}

function one<T>(all: readonly T[], pick: number): T {
  return all[pick % all.length]!
}

/** Another body, with a length that is true. */
function say(message: Message, body: string | Buffer, type = 'application/json'): void {
  message.body = Buffer.from(body)
  set(message, 'content-length', String(message.body.length))
  set(message, 'content-type', type)
}

function set(message: Message, name: string, value: string): void {
  message.headers = [
    ...message.headers.filter(([each]) => each.toLowerCase() !== name),
    [name, value],
  ]
}

function asText({ body }: Message): string {
  return body.length === 0 ? '{}' : body.toString()
}

/** The body with its first number, or a first field, put as this text. */
function withNumber(message: Message, text: string): void {
  const whole = asText(message)
  const changed = whole.replace(/:-?\d+(\.\d+)?/, () => `:${text}`)
  say(message, changed === whole ? `{"quantity":${text}}` : changed)
}

/** The body with the content of its first text replaced, in JSON's own escapes. */
function withText(message: Message, escaped: string): void {
  const whole = asText(message)
  const changed = whole.replace(/:"[^"\\]*"/, () => `:"${escaped}"`)
  say(message, changed === whole ? `{"sku":"${escaped}"}` : changed)
}

const body = (what: string, act: Abuse['act'], expected?: Expected): Abuse => ({
  what,
  act,
  needsBody: true,
  ...(expected === undefined ? {} : { expected }),
})
const header = (
  what: string,
  name: string,
  values: readonly string[],
  expected?: Expected,
): Abuse => ({
  what,
  act: (message, pick) => {
    message.headers.push([name, one(values, pick)])
  },
  ...(expected === undefined ? {} : { expected }),
})
const target = (
  what: string,
  act: (target: string, pick: number) => string,
  expected?: Expected,
): Abuse => ({
  what,
  act: (message, pick) => {
    message.target = act(message.target, pick)
  },
  ...(expected === undefined ? {} : { expected }),
})

const beforeQuery = (address: string, text: string): string =>
  address.replace(/(\?|$)/, () => `${text}${address.includes('?') ? '?' : ''}`)
const withQuery = (address: string, query: string): string =>
  `${address}${address.includes('?') ? '&' : '?'}${query}`

const BODIES: readonly Abuse[] = [
  body(
    'JSON that breaks off',
    (message, pick) => {
      const text = asText(message)
      say(message, text.slice(0, Math.max(1, pick % text.length)))
    },
    'refused',
  ),
  body('a wrong byte in JSON', (message, pick) => {
    const bytes = Buffer.from(asText(message))
    bytes[pick % bytes.length] = pick >> 8
    say(message, bytes)
  }),
  body(
    'no JSON at all',
    (message, pick) => {
      say(
        message,
        one(
          [
            'nonsense',
            'NaN',
            'undefined',
            "{'a':1}",
            '{"a":1,}',
            '{a:1}',
            '[1,]',
            '{"a":1}{"b":2}',
            '\ufeff{}',
            '// x\n{}',
            '{"a":01}',
            '{"a":.5}',
            '{"a":+1}',
            '{"a":0x10}',
            '{"a":Infinity}',
            '"\\x41"',
            '"\t"',
            '\0',
            '{',
            ']',
            ' ',
          ],
          pick,
        ),
      )
    },
    'refused',
  ),
  body(
    'JSON that is no object',
    (message, pick) => {
      say(message, one(['[]', '1', '"text"', 'true', '[{}]', '[[],[]]', '0', '-0', '""'], pick))
    },
    'refused',
  ),
  body('another media type', (message, pick) => {
    const types = [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/jsonx',
      'application',
      '/',
      ';',
      'application/json, text/plain',
      'APPLICATION/JSON',
      'application/json;',
      'application/merge-patch+json',
      'text/json',
      '*/*',
      'a'.repeat(2_000),
    ]
    say(message, asText(message), one(types, pick))
  }),
  body('no media type', (message) => {
    say(message, asText(message))
    message.headers = message.headers.filter(([name]) => name !== 'content-type')
  }),
  body(
    'an encoded body',
    (message, pick) => {
      say(message, asText(message))
      set(message, 'content-encoding', one(['gzip', 'br', 'deflate', 'identity, gzip', 'x'], pick))
    },
    'refused',
  ),
  body('keys said twice', (message) => {
    const text = asText(message)
    say(
      message,
      text.replace(
        /^\{("[^"]+":)/,
        (all, key: string) => `{${key}null,${key}{"$x":1},${all.slice(1)}`,
      ),
    )
  }),
  body(
    'a megabyte',
    (message, pick) => {
      const x = 'x'.repeat(1_000_000)
      say(
        message,
        one(
          [
            `{"sku":"${x}"}`,
            `"${x}"`,
            `{"${x}":1}`,
            `${' '.repeat(1_000_000)}{}`,
            `[${'0,'.repeat(500_000)}0]`,
          ],
          pick,
        ),
      )
    },
    'refused',
  ),
  body(
    'just within the limit',
    (message, pick) => {
      const many = Array.from({ length: 9_000 }, (_, key) => `"k${key}":1`).join()
      say(
        message,
        one(
          [
            `{"sku":"${'я'.repeat(49_000)}"}`,
            `{${many}}`,
            `{"lines":[${'{},'.repeat(30_000)}{}]}`,
            `{"${'k'.repeat(99_000)}":1}`,
          ],
          pick,
        ),
      )
    },
    'refused',
  ),
  body(
    'depth without end',
    (message, pick) => {
      const depth = one([31, 33, 1_000, 10_000, 45_000], pick)
      const [open, close] = one(
        [
          ['[', ']'],
          ['{"a":', '}'],
          ['{"lines":[', ']}'],
        ] as const,
        pick,
      )
      const times = Math.min(depth, Math.floor(95_000 / (open.length + close.length)))
      say(message, `{"x":${open.repeat(times)}1${close.repeat(times)}}`)
    },
    'refused',
  ),
  body(
    'bytes that are no UTF-8',
    (message, pick) => {
      const bad = one(
        [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]],
        pick,
      )
      const text = asText(message)
      const at = Math.max(1, text.indexOf('":"') + 3)
      say(
        message,
        Buffer.concat([
          Buffer.from(text.slice(0, at)),
          Buffer.from(bad),
          Buffer.from(text.slice(at)),
        ]),
      )
    },
    'refused',
  ),
  body('keys of a prototype', (message, pick) => {
    const key = one(
      [
        '"__proto__":{"isAdmin":true}',
        '"constructor":{"prototype":{"isAdmin":true}}',
        '"prototype":{}',
        '"__proto__":null',
        '"\\u005f_proto__":{"a":1}',
        '"__defineGetter__":1',
        '"valueOf":1',
        '"then":{}',
      ],
      pick,
    )
    say(message, asText(message).replace(/^\{/, asText(message) === '{}' ? `{${key}` : `{${key},`))
  }),
  body(
    'NUL and lone surrogates',
    (message, pick) => {
      withText(
        message,
        one(['\\u0000', 'a\\u0000b', '\\ud800', '\\udc00\\ud800', 'a\\udfff', '\\uD83D'], pick),
      )
    },
    'refused',
  ),
  body('odd texts', (message, pick) => {
    withText(
      message,
      one(
        [
          '',
          ' ',
          '\\n',
          '\\u202e',
          '\\ufeff',
          '%00',
          'x'.repeat(90_000),
          '\\u0001',
          'a'.repeat(256),
          '${jndi:ldap://x}',
          '{{constructor}}',
          '../../..',
          "'--",
          '\\\\',
          '\\"',
          '\\u007f',
          '2026-02-30',
          '9'.repeat(400),
          '0',
          'null',
          '1e400',
          '-1',
          'true',
          '[]',
        ],
        pick,
      ),
    )
  }),
  body('odd numbers', (message, pick) => {
    withNumber(
      message,
      one(
        [
          '1e400',
          '-1e400',
          '1e-400',
          '-0',
          '0',
          '-1',
          '9007199254740993',
          '9007199254740991',
          '-9007199254740993',
          '1.0',
          '1.5',
          '1e3',
          '1E+2',
          '0.1',
          '2147483648',
          '-2147483649',
          '9223372036854775808',
          '1e21',
          `${'9'.repeat(400)}`,
          `0.${'3'.repeat(400)}`,
          'null',
          'true',
          '"1"',
          '[1]',
          '{}',
        ],
        pick,
      ),
    )
  }),
]

const ADDRESSES: readonly Abuse[] = [
  target('broken percent escapes', (address, pick) =>
    beforeQuery(
      address,
      one(['%', '%zz', '%c0%af', '%ff', '%e0%a4', '%u0041', '%1', '%%', '%ed%a0%80'], pick),
    ),
  ),
  target('broken percent escapes in the query', (address, pick) =>
    withQuery(
      address,
      one(
        ['limit=%', 'lang=%zz', '%=1', 'after=%c0%af', 'limit=%ff', '%ff=%fe', 'lang=%ed%a0%80'],
        pick,
      ),
    ),
  ),
  target('NUL and control characters', (address, pick) =>
    beforeQuery(
      address,
      one(
        [
          '%00',
          '%00.json',
          '%0d%0aset-cookie:a=b',
          '%09',
          '%7f',
          '%e2%80%ae',
          '%ef%bb%bf',
          '%20',
          '%2f',
          '%5c',
          '%2e%2e%2f',
          '%23',
          '%3f',
        ],
        pick,
      ),
    ),
  ),
  target('NUL and control characters in the query', (address, pick) =>
    withQuery(
      address,
      one(
        [
          'lang=%00',
          'after=%0d%0a',
          'limit=%00',
          '%00=1',
          'after=%f0%9f%92%a9',
          'lang=en%0d%0ax-evil:1',
        ],
        pick,
      ),
    ),
  ),
  target('bytes outside ASCII', (address, pick) =>
    beforeQuery(address, one(['\u00e9', '\u00ff', '\u0080', '\u00c3\u00a9'], pick)),
  ),
  target('a path that climbs', (address, pick) =>
    one(
      [
        '/../../etc/passwd',
        '/docs/../../package.json',
        '/docs/static/..%2f..%2fpackage.json',
        '/docs/%2e%2e/%2e%2e/package.json',
        '//',
        '///api/v1/shop',
        '/.',
        '/./api/v1/shop',
        '/api/v1/products/../users',
        '/docs/static/%00',
        '/docs/static/%',
        '/api/v1/',
        '/API/V1/SHOP',
        '/api/v1/shop/',
        '/api/v1//shop',
        '/favicon.ico',
        '/.env',
        '/.git/config',
        '/docs/json',
        '/docs/yaml',
        '/docs/static/index.html',
        '/problems/',
        '/problems/__proto__',
        '/problems/constructor',
        '/problems/toString',
        '/problems/%00',
        `${address}/`,
        `/${address}`,
        `${address};a=b`,
      ],
      pick,
    ),
  ),
  target('a long path', (address, pick) =>
    beforeQuery(
      address,
      'x'.repeat(one([101, 501, 4_000, 8_100, 8_193, 15_000, 20_000, 100_000], pick)),
    ),
  ),
  target('a long query', (address, pick) =>
    withQuery(
      address,
      one(
        [
          `limit=${'9'.repeat(4_000)}`,
          `after=${'x'.repeat(8_000)}`,
          `lang=${'x'.repeat(14_000)}`,
          'a=1&'.repeat(1_500),
          `${'a'.repeat(5_000)}=1`,
          '&'.repeat(5_000),
          '='.repeat(3_000),
        ],
        pick,
      ),
    ),
  ),
  target('a query said twice', (address, pick) =>
    withQuery(
      address,
      one(
        [
          'limit=1&limit=2',
          'lang=uk&lang=en',
          'after=a&after=b',
          'limit[]=1',
          'limit[0]=1',
          'limit[a]=1',
          'status=created&status=cancelled',
        ],
        pick,
      ),
    ),
  ),
  target('a query that names a prototype', (address, pick) =>
    withQuery(
      address,
      one(
        [
          '__proto__=1',
          '__proto__[a]=1',
          'constructor=1',
          'constructor[prototype][a]=1',
          'toString=1',
          'hasOwnProperty=1',
          'prototype=1',
          'length=1',
        ],
        pick,
      ),
    ),
  ),
  target('odd values in the query', (address, pick) =>
    withQuery(
      address,
      one(
        [
          'limit=',
          'limit=0',
          'limit=-1',
          'limit=1e3',
          'limit=101',
          'limit=0x10',
          'limit=9007199254740993',
          'limit=NaN',
          'limit=true',
          'limit= 1',
          'limit=+1',
          'limit=01',
          'limit',
          '=',
          '&',
          'limit=1;after=2',
          'after=',
          'after=0.00000000-0000-0000-0000-000000000000',
          'after=9999999999999.ffffffff-ffff-ffff-ffff-ffffffffffff',
          'after=999999999999999999.999999999999999',
          'after=999999999',
          'from=0001-01-01T00:00:00Z',
          'to=9999-12-31T23:59:59Z',
          'from=2026-02-30T00:00:00Z',
          'from=2026-01-01T24:00:00Z',
          'at=0000-01-01T00:00:00Z',
          'at=2026-12-31T23:59:60Z',
          'asOf=9999-12-31T23:59:59Z',
          'asOf=0001-01-01T00:00:00%2B23:59',
          'number=0000-0000-0000',
          'number=%00',
          'status=',
          'category=-',
          'lang=xx-yy-zz',
          'lang=constructor',
          'lang=__proto__',
          'warehouse=__proto__',
          'category=constructor',
        ],
        pick,
      ),
    ),
  ),
  target('an address of another host', (address, pick) =>
    one(
      [
        `http://evil.test${address}`,
        `http://demo.localhost${address}`,
        `//evil.test${address}`,
        '*',
        'evil.test:443',
        address.slice(1),
        `http:${address}`,
        `file://${address}`,
        `https://demo.localhost@evil.test${address}`,
      ],
      pick,
    ),
  ),
]

const HEADERS: readonly Abuse[] = [
  header('odd tokens', 'authorization', [
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b.c',
    'Basic YTpi',
    'bearer null',
    `Bearer ${'x'.repeat(8_000)}`,
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
    'Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA',
    'Bearer \xff\xfe',
    ', ',
    'Bearer a b',
    'Digest x=1',
    '',
  ]),
  header('odd keys', 'idempotency-key', [
    '',
    ' ',
    'a b',
    '\xe9',
    'x'.repeat(256),
    'x'.repeat(10_000),
    '"quoted"',
    'a,b',
    '\t',
    '\x7f',
    "'; drop table",
  ]),
  {
    what: 'two keys that differ',
    act: (message) => {
      message.headers.push(['idempotency-key', 'a'], ['x-idempotency-key', 'b'])
    },
  },
  {
    what: 'a key said twice',
    act: (message) => {
      message.headers.push(['idempotency-key', 'a'], ['idempotency-key', 'b'])
    },
  },
  header('odd tags', 'if-match', [
    '*',
    '"',
    '""',
    'W/"1"',
    '1',
    '"1", "2"',
    '"999999999999999999999"',
    '"-1"',
    '"\xff"',
    '"__proto__"',
    'x'.repeat(5_000),
  ]),
  header('odd tags', 'if-none-match', [
    '*',
    '"',
    '""',
    'W/"1"',
    ',',
    '"a", "b"',
    ','.repeat(2_000),
    'x'.repeat(5_000),
  ]),
  header('odd tokens of orders', 'x-order-token', [
    '',
    ' ',
    'x',
    '\xff',
    'x'.repeat(8_000),
    '__proto__',
    'null',
    "' or 1=1 --",
  ]),
  header('odd languages', 'accept-language', [
    '*',
    'en;q=2',
    ',',
    ';',
    'x'.repeat(8_000),
    'en'.concat(',en'.repeat(3_000)),
    'uk;q=NaN',
    '__proto__',
    'constructor',
    '\xff',
    '-',
    'q=',
    'en-'.repeat(2_000),
  ]),
  header('odd wishes', 'accept', [
    'text/html',
    'application/xml',
    '*/*;q=0',
    ',',
    'x'.repeat(5_000),
    'text/html'.concat(',a/b'.repeat(2_000)),
  ]),
  header('odd ids of requests', 'x-request-id', [
    '',
    'short',
    'x'.repeat(65),
    '<script>',
    '\xff',
    '../..',
    'a'.repeat(64),
    'a\tb',
  ]),
  header('forwarded from elsewhere', 'x-forwarded-for', [
    'evil',
    '',
    ',',
    '999.999.999.999',
    '::1',
    '127.0.0.1, 10.0.0.1',
    'x'.repeat(5_000),
    '\xff',
    '10.0.0.1:80',
    '[::1]:80',
    '"10.0.0.1"',
    '1,'.repeat(2_000),
  ]),
  header('forwarded for another host', 'x-forwarded-host', [
    'second.localhost',
    'evil.test',
    '',
    ',',
    'a,b',
    '\xff',
    '<script>',
    'demo.localhost, evil.test',
    'x'.repeat(5_000),
  ]),
  header('forwarded by another protocol', 'x-forwarded-proto', [
    'ftp',
    '',
    'https,http',
    '\xff',
    'javascript',
  ]),
  header('upgrades', 'upgrade', ['websocket', 'h2c', 'TLS/1.0', '']),
  header('odd signatures', 'webhook-signature', [
    '',
    'v1,',
    'v1,AAAA',
    'v1,\xff',
    'v2,x v1,y',
    'v1,'.repeat(1_000),
    'x'.repeat(8_000),
  ]),
  header('odd timestamps', 'webhook-timestamp', [
    '',
    '0',
    '-1',
    '1e400',
    '99999999999999999999',
    'NaN',
    '1.5',
    '\xff',
  ]),
  header('odd signatures', 'stripe-signature', [
    '',
    't=1',
    't=1,v1=x',
    't=NaN,v1=',
    `t=1,${'v1=a,'.repeat(2_000)}`,
    '\xff',
  ]),
  header('odd cookies and ranges', 'range', [
    'bytes=0-',
    'bytes=99-1',
    'x',
    'bytes=0-0,0-0',
    'bytes='.concat('0-0,'.repeat(1_000)),
  ]),
  header('odd cookies', 'cookie', ['a'.repeat(8_000), '=', ';;;', '\xff=\xff', '__proto__=1']),
  header('another method by a header', 'x-http-method-override', ['DELETE', 'GET', 'TRACE']),
  header('odd agents', 'user-agent', [
    '',
    '\xff\xfe',
    'x'.repeat(8_000),
    '<script>alert(1)</script>',
    '\t',
    '${jndi:ldap://x}',
  ]),
  header('headers of prototypes', '__proto__', ['1']),
  header('headers of prototypes', 'constructor', ['1']),
  header('an expectation', 'expect', ['100-continue', '200-ok', '', '100-continue, x']),
  {
    what: 'many headers',
    act: (message, pick) => {
      for (let each = 0; each < one([98, 101, 500, 1_500], pick); each += 1)
        message.headers.push([`x-${each}`, '1'])
    },
  },
  header('a long header', 'x-long', ['x'.repeat(15_000), 'x'.repeat(17_000), 'x'.repeat(100_000)]),
  header('a control character in a header', 'x-odd', [
    'a\0b',
    'a\rb',
    'a\nb',
    '\x01',
    '\x1b[31m',
    '\x0b',
  ]),
  {
    what: 'an odd name of a header',
    act: (message, pick) => {
      message.headers.push([
        one(['', ' ', 'a b', 'x\0', 'x:y', 'é', '(', 'x\t', '\x7f', 'x'.repeat(20_000)], pick),
        '1',
      ])
    },
  },
]

const FRAMES: readonly Abuse[] = [
  {
    what: 'another host',
    act: (message, pick) =>
      set(
        message,
        'host',
        one(
          [
            'evil.test',
            '',
            ' ',
            '127.0.0.1',
            '[::1]',
            'demo.localhost:99999',
            'DEMO.LOCALHOST',
            'demo.localhost.',
            'demo.localhost@evil.test',
            'a'.repeat(300),
            '\xff',
            '<script>',
            '__proto__',
            'constructor',
            'second.localhost,demo.localhost',
            'demo.localhost/..',
            "' or 1=1",
          ],
          pick,
        ),
      ),
  },
  {
    what: 'no host',
    act: (message) => {
      message.headers = message.headers.filter(([name]) => name !== 'host')
    },
    expected: 'well-formed',
  },
  {
    what: 'two hosts',
    act: (message, pick) => {
      message.headers.push(['Host', one(['second.localhost', 'demo.localhost'], pick)])
    },
    expected: 'refused',
  },
  {
    what: 'another method',
    act: (message, pick) => {
      message.method = one(
        [
          'GET',
          'HEAD',
          'POST',
          'PUT',
          'PATCH',
          'DELETE',
          'OPTIONS',
          'TRACE',
          'PROPFIND',
          'CONNECT',
          'QUERY',
          'LINK',
          'PURGE',
          'SEARCH',
        ],
        pick,
      )
    },
  },
  {
    what: 'no method of any',
    act: (message, pick) => {
      message.method = one(
        ['get', 'G', '', 'GET\t', 'x'.repeat(5_000), 'PRI', '\xff', 'GET GET', '__proto__'],
        pick,
      )
    },
    expected: 'refused',
  },
  {
    what: 'another version',
    act: (message, pick) => {
      message.version = one(
        [
          'HTTP/1.0',
          'HTTP/0.9',
          'HTTP/2.0',
          'HTTP/1.2',
          'HTTP/9.9',
          'HTTP/1.1 ',
          'http/1.1',
          '',
          'HTTP/x',
        ],
        pick,
      )
    },
  },
  {
    what: 'two lengths',
    act: (message, pick) => {
      message.headers.push(['content-length', one(['0', '1', '5', '99999'], pick)])
    },
    needsBody: true,
    expected: 'refused',
  },
  {
    what: 'an odd length',
    act: (message, pick) =>
      set(
        message,
        'content-length',
        one(['-1', '+1', '1e3', '0x10', 'abc', '99999999999999999999', '1,1', ' ', '1.5'], pick),
      ),
    needsBody: true,
    expected: 'refused',
  },
  {
    what: 'a length and chunks',
    act: (message) => {
      message.headers.push(['transfer-encoding', 'chunked'])
    },
    needsBody: true,
  },
  {
    what: 'odd transfers',
    act: (message, pick) => {
      message.headers = message.headers.filter(([name]) => name !== 'content-length')
      message.headers.push([
        'transfer-encoding',
        one(
          [
            'gzip',
            'gzip, chunked',
            'chunked, gzip',
            'xchunked',
            'identity',
            'chunked, chunked',
            '',
          ],
          pick,
        ),
      ])
      message.body = Buffer.from('0\r\n\r\n')
    },
    needsBody: true,
  },
  {
    // Whose last chunk never comes is waited for until the server has had enough.
    what: 'odd chunks',
    hangUp: 'politely',
    needsBody: true,
    act: (message, pick) => {
      message.headers = message.headers.filter(([name]) => name !== 'content-length')
      message.headers.push(['transfer-encoding', 'chunked'], ['content-type', 'application/json'])
      message.body = Buffer.from(
        one(
          [
            '2\r\n{}\r\n0\r\n\r\n',
            'ffffffffffffffff\r\n{}',
            '-1\r\n{}\r\n0\r\n\r\n',
            'z\r\n',
            '2;a=b\r\n{}\r\n0\r\nx-trailer: 1\r\n\r\n',
            `2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
            '1\r\n{\r\n1\r\n}\r\n0\r\n\r\n',
            '2\n{}\n0\n\n',
          ],
          pick,
        ),
      )
    },
  },
  {
    what: 'half a request',
    act: () => {},
    hangUp: 'politely',
    bytes: (bytes, pick) => bytes.subarray(0, Math.max(1, pick % bytes.length)),
  },
  {
    what: 'half a request, cut',
    act: () => {},
    hangUp: 'rudely',
    bytes: (bytes, pick) => bytes.subarray(0, Math.max(1, pick % bytes.length)),
  },
  { what: 'a request whose answer nobody waits for', act: () => {}, hangUp: 'rudely' },
  {
    what: 'a length beyond the body',
    act: (message) => set(message, 'content-length', String(message.body.length + 10)),
    hangUp: 'politely',
    needsBody: true,
  },
  {
    what: 'a wrong byte',
    act: () => {},
    hangUp: 'politely',
    bytes: (bytes, pick) => {
      const copy = Buffer.from(bytes)
      copy[(pick >> 3) % copy.length] = (pick * 31) & 0xff
      return copy
    },
  },
  {
    what: 'a folded header',
    act: (message) => {
      message.headers.push(['x-folded', 'a\r\n b'])
    },
  },
  {
    what: 'line feeds alone',
    act: () => {},
    hangUp: 'politely',
    bytes: (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
  },
  {
    what: 'no HTTP',
    act: () => {},
    hangUp: 'politely',
    bytes: (_bytes, pick) =>
      one(
        [
          Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
          Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
          Buffer.from('\r\n\r\n\r\n'),
          Buffer.alloc(3_000),
          Buffer.alloc(3_000, 0xff),
          Buffer.from('GET / HTTP/1.1'),
          Buffer.from('\0'),
          Buffer.from('EHLO evil.test\r\n'),
        ],
        pick,
      ),
  },
  {
    what: 'two requests at once',
    act: (message) => {
      message.headers = message.headers.filter(([name]) => name !== 'connection')
    },
    bytes: (bytes) => Buffer.concat([bytes, bytes]),
  },
]

export const ABUSES: readonly Abuse[] = [...BODIES, ...ADDRESSES, ...HEADERS, ...FRAMES]
