import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'

import { aServer, type Subject } from './server.testing.ts'

let subject: Subject
let port = 0

before(async () => {
  subject = await aServer()
  port = await subject.http.listen(0, '127.0.0.1')
})
after(() => subject.http.close())

/** Sends bytes as they are and reads until the server hangs up or falls silent. */
async function send(bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  let heard = ''
  socket.on('data', (data) => {
    heard += data.toString('utf8')
  })
  socket.write(bytes)
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 5_000)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.on('data', () => {
      const [head = '', body = ''] = heard.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (Buffer.byteLength(body) >= length) setTimeout(resolve, 20)
    })
  })
  socket.destroy()
  return heard
}

const line = (method: string, path: string): string =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n`

function get(path: string, headers = ''): string {
  return `${line('GET', path)}${headers}\r\n`
}

function post(body: string | Buffer, headers = '', path = '/api/v1/things'): Buffer {
  const bytes = Buffer.from(body)
  const type = /content-type/i.test(headers) ? '' : 'Content-Type: application/json\r\n'
  const length = /content-length|transfer-encoding/i.test(headers)
    ? ''
    : `Content-Length: ${bytes.length}\r\n`
  return Buffer.concat([Buffer.from(`${line('POST', path)}${type}${length}${headers}\r\n`), bytes])
}

const good = '{"name":"Ball","quantity":1}'
const named = (name: string): string => `{"name":"${name}","quantity":1}`
const counted = (quantity: string): string => `{"name":"Ball","quantity":${quantity}}`

/** What is sent, and the code that must come back. */
const hostile: Record<string, readonly [bytes: string | Buffer, code: string]> = {
  // Bodies that are no JSON.
  'broken JSON': [post('{"name":'), 'request.not-json'],
  'a bare word': [post('hello'), 'request.not-json'],
  'single quotes': [post("{'name':'x'}"), 'request.not-json'],
  'a trailing comma': [post('{"name":"x","quantity":1,}'), 'request.not-json'],
  'a comment': [post(`/* x */${good}`), 'request.not-json'],
  NaN: [post(counted('NaN')), 'request.not-json'],
  Infinity: [post(counted('Infinity')), 'request.not-json'],
  'a hexadecimal number': [post(counted('0x10')), 'request.not-json'],
  'two documents': [post(`${good}${good}`), 'request.not-json'],
  'a byte order mark': [post(`\uFEFF${good}`), 'request.not-json'],
  'a raw NUL': [post(named('a\0b')), 'request.not-json'],
  'bad UTF-8': [
    post(Buffer.from('{"name":"\xff\xfe","quantity":1}', 'latin1')),
    'request.not-json',
  ],
  'overlong UTF-8': [
    post(Buffer.from('{"name":"\xc0\xaf","quantity":1}', 'latin1')),
    'request.not-json',
  ],
  'a surrogate in raw UTF-8': [
    post(Buffer.from('{"name":"\xed\xa0\x80","quantity":1}', 'latin1')),
    'request.not-json',
  ],
  'UTF-16': [post(Buffer.from(good, 'utf16le')), 'request.not-json'],
  'depth 40,000, not closed': [post('['.repeat(40_000)), 'request.not-json'],
  // Bodies that are JSON and not what was asked for.
  'no body': [post(''), 'request.invalid'],
  null: [post('null'), 'request.invalid'],
  'an array': [post(`[${good}]`), 'request.invalid'],
  'a string': [post('"x"'), 'request.invalid'],
  'depth 40,000': [post('['.repeat(40_000) + ']'.repeat(40_000)), 'request.invalid'],
  'depth 33 where anything goes': [
    post(`{"name":"x","quantity":1,"deep":${'['.repeat(33)}${']'.repeat(33)}}`),
    'request.invalid',
  ],
  'an escaped NUL': [post(named('a\\u0000b')), 'request.invalid'],
  'an escaped NUL where anything goes': [
    post('{"name":"x","quantity":1,"deep":["\\u0000"]}'),
    'request.invalid',
  ],
  'a lone surrogate': [post(named('a\\ud800b')), 'request.invalid'],
  'surrogates in the wrong order': [post(named('\\udc00\\ud800')), 'request.invalid'],
  'a surrogate in a field name': [
    post('{"name":"x","quantity":1,"deep":{"\\ud800":1}}'),
    'request.invalid',
  ],
  __proto__: [post('{"name":"x","quantity":1,"__proto__":{"isAdmin":true}}'), 'request.invalid'],
  '__proto__ where anything goes': [
    post('{"name":"x","quantity":1,"deep":{"__proto__":{"a":1}}}'),
    'request.invalid',
  ],
  '__proto__ escaped': [
    post('{"name":"x","quantity":1,"deep":{"\\u005f_proto__":{"a":1}}}'),
    'request.invalid',
  ],
  'constructor.prototype': [
    post('{"name":"x","quantity":1,"constructor":{"prototype":{}}}'),
    'request.invalid',
  ],
  'an unknown field': [post('{"name":"x","quantity":1,"price":1}'), 'request.invalid'],
  'a tenant in the body': [post('{"name":"x","quantity":1,"tenant_id":2}'), 'request.invalid'],
  'a role in the body': [post('{"name":"x","quantity":1,"role":"admin"}'), 'request.invalid'],
  'an unknown field inside': [
    post('{"name":"x","quantity":1,"box":{"width":1,"id":1}}'),
    'request.invalid',
  ],
  'a hundred unknown fields': [
    post(`{${Array.from({ length: 100 }, (_, i) => `"f${i}":1`).join()}}`),
    'request.invalid',
  ],
  'the second of two keys wrong': [
    post('{"name":"x","quantity":1,"quantity":-5}'),
    'request.invalid',
  ],
  zero: [post(counted('0')), 'request.invalid'],
  'minus one': [post(counted('-1')), 'request.invalid'],
  'a thousand million': [post(counted('1000000000')), 'request.invalid'],
  'a fraction': [post(counted('1.5')), 'request.invalid'],
  '1e400': [post(counted('1e400')), 'request.invalid'],
  'beyond 2^53': [post(counted('9007199254740993')), 'request.invalid'],
  'a number as text': [post(counted('"1"')), 'request.invalid'],
  'true as a number': [post(counted('true')), 'request.invalid'],
  'null as a number': [post(counted('null')), 'request.invalid'],
  'an array as a number': [post(counted('[1]')), 'request.invalid'],
  'an object as text': [post('{"name":{"$gt":""},"quantity":1}'), 'request.invalid'],
  'an empty name': [post(named('')), 'request.invalid'],
  'a long name': [post(named('x'.repeat(201))), 'request.invalid'],
  'a bad e-mail': [post('{"name":"x","quantity":1,"email":"a@"}'), 'request.invalid'],
  // Sizes and kinds of bodies.
  '1 MB': [post(named('x'.repeat(1_000_000))), 'request.too-large'],
  '1 MB in chunks': [
    post(`f4240\r\n${'x'.repeat(1_000_000)}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked\r\n'),
    'request.too-large',
  ],
  'a length of 10 GB': [post('{}', 'Content-Length: 10000000000\r\n'), 'request.too-large'],
  text: [post(good, 'Content-Type: text/plain\r\n'), 'request.unsupported-media-type'],
  'a form': [
    post('name=x&quantity=1', 'Content-Type: application/x-www-form-urlencoded\r\n'),
    'request.unsupported-media-type',
  ],
  XML: [post('<a/>', 'Content-Type: application/xml\r\n'), 'request.unsupported-media-type'],
  multipart: [
    post('--x', 'Content-Type: multipart/form-data; boundary=x\r\n'),
    'request.unsupported-media-type',
  ],
  'no media type': [post(good, 'Content-Type:\r\n'), 'request.unsupported-media-type'],
  'nonsense as media type': [post(good, 'Content-Type: ;;;\r\n'), 'request.unsupported-media-type'],
  gzip: [post(good, 'Content-Encoding: gzip\r\n'), 'request.unsupported-media-type'],
  // Addresses.
  'no such address': [get('/api/v1/nothing'), 'request.not-found'],
  'a path out of the house': [get('/docs/static/../../../../etc/passwd'), 'request.not-found'],
  'an escaped path out of the house': [
    get('/docs/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd'),
    'request.not-found',
  ],
  'a range no file has': [
    get('/docs/static/swagger-ui.css', 'Range: bytes=999999999-\r\n'),
    'request.malformed',
  ],
  'a version no file has': [
    get('/docs/static/swagger-ui.css', 'If-Match: "x"\r\n'),
    'request.malformed',
  ],
  'an address of another host': [get('http://evil.test/api/v1/things'), 'request.malformed'],
  'an address of another scheme': [get('file:///etc/passwd'), 'request.malformed'],
  'a broken escape': [get('/api/v1/things/%zz'), 'request.malformed'],
  'half a character': [get('/api/v1/things/%c3'), 'request.malformed'],
  'NUL in the query': [get('/api/v1/things?after=%00'), 'request.invalid'],
  'NUL in a name of the query': [get('/api/v1/things?%00=1'), 'request.invalid'],
  '__proto__ in the query': [get('/api/v1/things?__proto__=1'), 'request.invalid'],
  'NUL in the path': [post('{}', '', '/api/v1/break/a%00b'), 'request.invalid'],
  'a record separator in the path': [post('{}', '', '/api/v1/break/a%1Eb'), 'request.invalid'],
  'an unknown name in the query': [get('/api/v1/things?tenant=2'), 'request.invalid'],
  'limit 0': [get('/api/v1/things?limit=0'), 'request.invalid'],
  'limit 1e3': [get('/api/v1/things?limit=1e3'), 'request.invalid'],
  'an empty limit': [get('/api/v1/things?limit='), 'request.invalid'],
  'limit twice': [get('/api/v1/things?limit=1&limit=2'), 'request.invalid'],
  'a limit of 400 digits': [get(`/api/v1/things?limit=${'9'.repeat(400)}`), 'request.invalid'],
  'a long parameter': [post('{}', '', `/api/v1/break/${'x'.repeat(101)}`), 'request.invalid'],
  'an address of 9 kB': [get(`/api/v1/things?after=${'x'.repeat(9_000)}`), 'request.url-too-long'],
  'an address of 20 kB': [get(`/${'x'.repeat(20_000)}`), 'request.url-too-long'],
  // Methods.
  'DELETE where there is none': [
    `${line('DELETE', '/api/v1/things')}\r\n`,
    'request.method-not-allowed',
  ],
  'POST to a page': [post('{}', '', '/'), 'request.method-not-allowed'],
  OPTIONS: [`${line('OPTIONS', '/api/v1/things')}\r\n`, 'request.method-not-allowed'],
  PROPFIND: [`${line('PROPFIND', '/api/v1/things')}\r\n`, 'request.not-found'],
  'a method that is none': [`${line('HELLO', '/')}\r\n`, 'request.malformed'],
  // Headers.
  '101 headers': [
    get('/api/v1/things', Array.from({ length: 100 }, (_, i) => `X-${i}: 1\r\n`).join('')),
    'request.too-many-headers',
  ],
  '20 kB of headers': [
    get('/api/v1/things', `X-Big: ${'x'.repeat(20_000)}\r\n`),
    'request.too-many-headers',
  ],
  'no host': ['GET /api/v1/things HTTP/1.1\r\n\r\n', 'request.malformed'],
  'two hosts': [get('/api/v1/things', 'Host: evil.test\r\n'), 'request.malformed'],
  'two hosts, spelt otherwise': [get('/api/v1/things', 'hOST: evil.test\r\n'), 'request.malformed'],
  'two hosts at the front door': [get('/', 'Host: evil.test\r\n'), 'request.malformed'],
  'an empty host': ['GET /api/v1/things HTTP/1.1\r\nHost:\r\n\r\n', 'request.malformed'],
  'a foreign host': ['GET /api/v1/things HTTP/1.1\r\nHost: evil.test\r\n\r\n', 'tenant.unknown'],
  'a host of 5 kB': [
    `GET /api/v1/things HTTP/1.1\r\nHost: ${'x'.repeat(5_000)}\r\n\r\n`,
    'tenant.unknown',
  ],
  'a forwarded host': [
    `GET /api/v1/things HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: demo.localhost\r\n\r\n`,
    'tenant.unknown',
  ],
  'a long key': [post(good, `Idempotency-Key: ${'k'.repeat(256)}\r\n`), 'request.key-too-long'],
  'two keys that differ': [
    post(good, 'Idempotency-Key: a\r\nX-Idempotency-Key: b\r\n'),
    'request.invalid',
  ],
  'a key sent twice': [
    post(good, 'Idempotency-Key: a\r\nIdempotency-Key: b\r\n'),
    'request.invalid',
  ],
  'an empty key': [post(good, 'Idempotency-Key:\r\n'), 'request.invalid'],
  'a key with spaces': [post(good, 'Idempotency-Key: a b\r\n'), 'request.invalid'],
  'a key in Ukrainian': [post(good, 'Idempotency-Key: ключ\r\n'), 'request.invalid'],
  'Bearer of nothing': [get('/api/v1/things', 'Authorization: Bearer \r\n'), 'auth.token-invalid'],
  Basic: [get('/api/v1/things', 'Authorization: Basic YTpi\r\n'), 'auth.token-invalid'],
  'a token of alg none': [
    get('/api/v1/things', 'Authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n'),
    'auth.token-invalid',
  ],
  'a token of 10 kB': [
    get('/api/v1/things', `Authorization: Bearer ${'a.'.repeat(5_000)}\r\n`),
    'auth.token-invalid',
  ],
  // What is no HTTP at all, or two things at once.
  TLS: [Buffer.from('16030100a5010000a10303', 'hex'), 'request.malformed'],
  'a word': ['hello\r\n\r\n', 'request.malformed'],
  'HTTP/9': ['GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', 'request.malformed'],
  'length and chunks': [
    post(good, 'Content-Length: 28\r\nTransfer-Encoding: chunked\r\n'),
    'request.malformed',
  ],
  'two lengths': [post(good, 'Content-Length: 28\r\nContent-Length: 5\r\n'), 'request.malformed'],
  'a negative length': [post(good, 'Content-Length: -1\r\n'), 'request.malformed'],
  'a bad chunk': [post('zz\r\n', 'Transfer-Encoding: chunked\r\n'), 'request.malformed'],
  'a folded header': [get('/', 'X-A: 1\r\n 2\r\n'), 'request.malformed'],
  'a space before the colon': [get('/', 'X-A : 1\r\n'), 'request.malformed'],
  'NUL in a header': [get('/', 'X-A: a\0b\r\n'), 'request.malformed'],
  'a bare line feed': [get('/', 'X-A: a\nX-B: b\r\n'), 'request.malformed'],
  'a wish for a tunnel': ['CONNECT evil.test:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'request.malformed'],
  'an odd expectation': [get('/', 'Expect: a miracle\r\n'), 'request.unsupported-expectation'],
}

test('hostile requests are refused by code, each with a problem document, none with a 5xx', async (t) => {
  assert(Object.keys(hostile).length >= 60)
  const wrong: string[] = []
  for (const [name, [bytes, code]] of Object.entries(hostile)) {
    const heard = await send(bytes)
    const [head = '', body = ''] = heard.split('\r\n\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
    const problem = ((): Record<string, unknown> => {
      try {
        return JSON.parse(body) as Record<string, unknown>
      } catch {
        return {}
      }
    })()
    const fine =
      problem['code'] === code &&
      problem['status'] === status &&
      status >= 400 &&
      status < 500 &&
      /content-type: application\/problem\+json/i.test(head) &&
      /x-content-type-options: nosniff/i.test(head) &&
      typeof problem['title'] === 'string' &&
      typeof problem['detail'] === 'string' &&
      String(problem['instance']).startsWith('/traces/') &&
      !/node_modules|\.ts:|at \w+ \(/.test(heard)
    if (!fine)
      wrong.push(`${name}: wanted ${code}, got ${heard.slice(0, 30)} … ${body.slice(0, 300)}`)
  }
  t.diagnostic(`${Object.keys(hostile).length} requests`)
  assert.deepEqual(wrong, [])
  assert.deepEqual(
    subject.lines.filter(({ level }) => level === 'error'),
    [],
  )
  assert.equal(({} as Record<string, unknown>)['isAdmin'], undefined)
})

test('a client that goes away in the middle of its body harms no one', async () => {
  for (let i = 0; i < 20; i++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(post('{"name":', 'Content-Length: 500\r\n'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    socket.destroy()
  }
  const answer = await send(post(good))
  assert.match(answer, /^HTTP\/1\.1 201/)
  assert.equal(
    subject.lines.some(({ level }) => level === 'error'),
    false,
  )
})

test('a body of a megabyte is refused and read to its end, so that its sender hears why', async () => {
  const heard = await send(Buffer.concat([post('['.repeat(1_000_000)), Buffer.from(get('/livez'))]))
  assert.match(heard, /^HTTP\/1\.1 413/)
  assert.match(heard, /request\.too-large.*HTTP\/1\.1 200 /s)
  const more = await send(post('', `Content-Length: 3000000\r\n`))
  assert.match(more, /^HTTP\/1\.1 413.*connection: close/is)
})

test('an address with the host in it is the same address', async () => {
  const heard = await send(get('http://localhost/api/v1/things'))
  assert.match(heard, /^HTTP\/1\.1 200/)
})

test('a good request passes, also with exactly 100 headers and a body of 90 kB', async () => {
  const headers = Array.from({ length: 97 }, (_, i) => `X-${i}: 1\r\n`).join('')
  assert.match(await send(post(good, headers)), /^HTTP\/1\.1 201/)
  const big = `{"name":"x","quantity":1,"deep":"${'ж'.repeat(45_000)}"}`
  assert.match(await send(post(big)), /^HTTP\/1\.1 201/)
})
