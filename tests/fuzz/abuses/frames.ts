/** Bytes that break the frame of a message. */
import { type Abuse, one, set } from '../abuse.ts'

export const FRAMES: readonly Abuse[] = [
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
