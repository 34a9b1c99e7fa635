/** Bodies that are not what they say, or not JSON, or too much of it. */
import { type Abuse, one, say, set, asText, withNumber, withText, body } from '../abuse.ts'

export const BODIES: readonly Abuse[] = [
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
