import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'

import { realWaiting as waiting } from '#platform/waiting'

import { SourceBroke } from '../domain/source.ts'
import { isPublic } from './addresses.ts'
import { httpsSource, type HttpsSourceOptions } from './https-source.ts'

/** Everything that must not be asked; what a parser makes of it counts, not how it is written. */
const HOSTILE = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.0.0.1/',
  'https://0177.0.0.1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://0/',
  'https://0.0.0.0/',
  'https://127.0.0.1./',
  'https://10.0.0.5/stock.csv',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://168.63.129.16/',
  'https://100.64.0.1/',
  'https://100.100.100.200/',
  'https://192.0.0.192/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:8.8.8.8]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[ff02::1]/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://shop.localhost/',
  'https://metadata.google.internal/',
  'https://printer.local/',
  'https://router/',
  'https://user@example.com/',
  'https://user:secret@example.com/',
  'https://example.com@127.0.0.1/',
  'https://example.com:22/',
  'https://example.com:5432/',
  'https://example.com:80/',
  'http://example.com/',
  'http://127.0.0.1/',
  'ftp://example.com/stock.csv',
  'file:///etc/passwd',
  'gopher://example.com/',
  'data:text/csv,sku',
  'javascript:alert(1)',
  '//example.com/',
  'example.com',
  '',
  'https://',
  `https://example.com/${'x'.repeat(2_000)}`,
]

let server: Server
let port: number
let connections = 0
let answer: (response: ServerResponse, path: string) => unknown
before(async () => {
  server = createServer((request, response) => void answer(response, request.url ?? ''))
  server.on('connection', () => (connections += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
after(() => {
  server.closeAllConnections()
  server.close()
})

/** A source to which the server of this file is a neighbor that may be asked. */
const neighbor = (options: Partial<HttpsSourceOptions> = {}) =>
  httpsSource({ waiting, ownHosts: [`127.0.0.1:${port}`], ...options })

const here = (path: string): string => `http://127.0.0.1:${port}${path}`

async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function codeOf(url: string, options: Partial<HttpsSourceOptions> = {}): Promise<string> {
  const found = await neighbor(options).fetch(url)
  if (!found.ok) return found.refusal.code
  return read(found.value).catch((error: unknown) => {
    assert.ok(error instanceof SourceBroke)
    return error.fault.code
  })
}

suite('an address of a stranger', () => {
  test('is not asked, however it is written, unless everybody reaches it by HTTPS', async () => {
    const source = httpsSource({ waiting, ownHosts: [], resolve: assert.fail })
    for (const url of HOSTILE) {
      assert.equal(source.fault(url)?.code, 'exchange.source-forbidden', url)
      const found = await source.fetch(url)
      assert.ok(!found.ok && found.refusal.code === 'exchange.source-forbidden', url)
    }
    for (const url of [
      'https://example.com/stock.csv?token=x',
      'https://EXAMPLE.com:8443/',
      'https://8.8.8.8/',
      'https://[2606:4700:4700::1111]/',
      'https://xn--e1afmkfd.xn--j1amh/',
    ]) {
      assert.equal(source.fault(url), undefined, url)
    }
  })

  test('whose name leads to this machine, or its neighbors, is not connected to', async () => {
    const before = connections
    for (const address of ['127.0.0.1', '::1', '10.0.0.1', '::ffff:127.0.0.1', 'fe80::1%eth0']) {
      const family = address.includes(':') ? 6 : 4
      for (const found of [
        [{ address, family }],
        // One that is fine beside it makes it no better.
        [
          { address: '8.8.8.8', family: 4 },
          { address, family },
        ],
      ]) {
        const source = httpsSource({ waiting, ownHosts: [], resolve: async () => found })
        const outcome = await source.fetch('https://rebind.example.com:8443/')
        assert.ok(!outcome.ok && outcome.refusal.code === 'exchange.source-forbidden', address)
      }
    }
    assert.equal(connections, before)
  })

  test('is looked up once, and that answer is connected to: a resolver cannot change its mind', async () => {
    let looks = 0
    const resolve = async () => {
      looks += 1
      return [{ address: looks === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    }
    answer = (response) => response.end('the first')
    const ownHosts = [`rebind.example.com:${port}`]
    const before = connections
    assert.equal(
      await codeOf(`http://rebind.example.com:${port}/`, { ownHosts, resolve }),
      'the first',
    )
    assert.deepEqual([looks, connections - before], [1, 1])
  })

  test('is not asked because another leads there', async () => {
    const before = connections
    for (const location of [
      `http://localhost:${port}/`,
      `https://127.0.0.1:${port + 1}/`,
      'https://169.254.169.254/',
      'http://example.com/',
      'file:///etc/passwd',
      'https://[::1',
    ]) {
      answer = (response) => response.writeHead(302, { location }).end()
      assert.equal(await codeOf(here('/')), 'exchange.source-forbidden', location)
    }
    assert.equal(connections - before, 6, 'one each, of the neighbor that led on')
  })

  test('has to prove who it is', async () => {
    // Nobody speaks TLS there.
    const source = httpsSource({ waiting, ownHosts: [`127.0.0.1:${port}`] })
    const found = await source.fetch(`https://127.0.0.1:${port}/`)
    assert.ok(!found.ok && found.refusal.code === 'exchange.source-untrusted')
  })
})

suite('a source', () => {
  test('is read as it comes, packed or not, where it leads to', async () => {
    answer = (response, path) => {
      if (path === '/old') return response.writeHead(301, { location: '/new?x=1' }).end()
      if (path === '/new?x=1')
        return response.writeHead(200, { 'content-type': 'text/csv' }).end('sku')
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'))
    }
    assert.equal(await codeOf(here('/old')), 'sku')
    assert.equal(await codeOf(here('/packed')), 'packed')
  })

  test('that answers with no table says why, and whether to come again', async () => {
    for (const [status, headers, code, mayRecover] of [
      [404, {}, 'exchange.source-refused', false],
      [401, {}, 'exchange.source-refused', false],
      [206, {}, 'exchange.source-refused', false],
      [500, {}, 'exchange.source-refused', true],
      [429, {}, 'exchange.source-refused', true],
      [200, { 'content-type': 'text/html; charset=utf-8' }, 'exchange.source-no-table', false],
      [200, { 'content-encoding': 'br' }, 'exchange.source-encoded', false],
    ] as const) {
      answer = (response) => response.writeHead(status, headers).end('x')
      const found = await neighbor().fetch(here('/secret-path?token=secret'))
      assert.ok(!found.ok)
      assert.deepEqual([found.refusal.code, found.refusal.mayRecover], [code, mayRecover])
      assert.doesNotMatch(JSON.stringify(found.refusal), /secret/)
    }
    answer = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
    assert.equal(await codeOf(here('/')), 'exchange.source-encoded')
    answer = (response) => response.writeHead(302, { location: '/again' }).end()
    assert.equal(await codeOf(here('/')), 'exchange.source-redirects')
  })

  test('that stops half-way, says nothing or takes for ever is given up', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      setTimeout(() => response.destroy(), 20)
    }
    assert.equal(await codeOf(here('/')), 'exchange.source-broken-off')
    answer = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync('x'.repeat(1_000)).subarray(0, 20))
    }
    assert.equal(await codeOf(here('/')), 'exchange.source-broken-off')
    answer = () => undefined
    assert.equal(await codeOf(here('/'), { silenceMs: 50 }), 'exchange.source-silent')
    answer = (response) => {
      const drip = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(drip))
    }
    const late = await codeOf(here('/'), { totalMs: 100 })
    assert.match(late, /source-(?:silent|broken-off)/)
    server.closeAllConnections()
  })
})

test('an address is everybody’s or it is not', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00:1450:4001::1']) {
    assert.ok(isPublic(address), address)
  }
  for (const address of [
    '',
    'x',
    '8.8.8',
    '127.0.0.1',
    '::',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
  ]) {
    assert.ok(!isPublic(address), address)
  }
})
