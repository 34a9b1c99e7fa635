import assert from 'node:assert/strict'
import { createHmac, createPrivateKey, createHash, generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'

import type { TenantId } from '../ids.ts'
import { openTokens } from './tokens.ts'

const START = Date.UTC(2026, 10, 21, 12)
const seed = (name: string): Buffer => createHash('sha256').update(name).digest()

function subject(options: { at?: { ms: number }; current?: string; previous?: string } = {}) {
  const at = options.at ?? { ms: START }
  return openTokens({
    secrets: {
      derive: () => ({
        current: seed(options.current ?? 'one'),
        previous: options.previous === undefined ? undefined : seed(options.previous),
      }),
    },
    clock: { now: () => at.ms },
  })
}

const someone = {
  tenant: 1 as TenantId,
  userId: 'b7a5f1c2-0000-4000-8000-000000000001',
  roles: ['shopper'] as const,
  sessionId: 's1',
}

const b64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

test('a token tells who its owner is, until ten minutes have passed', () => {
  const at = { ms: START }
  const tokens = subject({ at })
  const token = tokens.issue(someone)

  for (let round = 0; round < 2; round++) {
    const session = tokens.verify(token)
    assert.deepEqual(session?.actor, {
      kind: 'user',
      id: someone.userId,
      roles: ['shopper'],
      sessionId: 's1',
    })
    assert.equal(session?.tenant, 1)
  }

  at.ms = START + 599_000
  assert.notEqual(tokens.verify(token), undefined)
  at.ms = START + 600_000
  assert.equal(tokens.verify(token), undefined)
  assert.equal(tokens.verify(token), undefined)
})

test('a token of the previous secret is still believed, and its key is published', () => {
  const token = subject({ current: 'old' }).issue(someone)
  const rotated = subject({ current: 'new', previous: 'old' })

  assert.notEqual(rotated.verify(token), undefined)
  assert.equal(rotated.jwks.keys.length, 2)
  assert.equal(subject({ current: 'new' }).verify(token), undefined)
  assert.equal(JSON.stringify(rotated.jwks).includes('"d"'), false)
})

test('no forged token is accepted', () => {
  const tokens = subject()
  const real = tokens.issue(someone)
  const [header = '', payload = '', signature = ''] = real.split('.')
  const head = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const jwk = tokens.jwks.keys[0]
  assert(jwk !== undefined)

  const ourKey = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed('one')]),
    format: 'der',
    type: 'pkcs8',
  })
  const strangerKey = generateKeyPairSync('ed25519').privateKey
  const signed = (h: unknown, c: unknown, key = ourKey): string => {
    const input = `${b64(h)}.${b64(c)}`
    return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`
  }
  const hmac = (h: unknown, c: unknown, key: string): string => {
    const input = `${b64(h)}.${b64(c)}`
    return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
  }
  const now = START / 1000

  // The forger has our key in the lower half: those are wrong in what they say, not in how they are signed.
  const forged: Record<string, string> = {
    empty: '',
    'one word': 'token',
    'two parts': `${header}.${payload}`,
    'four parts': `${real}.x`,
    'no signature': `${header}.${payload}.`,
    'alg none': `${b64({ ...head, alg: 'none' })}.${payload}.`,
    'alg None with a signature': `${b64({ ...head, alg: 'None' })}.${payload}.${signature}`,
    'no alg': `${b64({ typ: head['typ'], kid: head['kid'] })}.${payload}.${signature}`,
    'HS256 with the public key as secret': hmac({ ...head, alg: 'HS256' }, claims, jwk.x),
    'HS256 without typ': hmac({ alg: 'HS256', kid: head['kid'] }, claims, jwk.x),
    'RS256 header': `${b64({ ...head, alg: 'RS256' })}.${payload}.${signature}`,
    'ES256 header': `${b64({ ...head, alg: 'ES256' })}.${payload}.${signature}`,
    'signed by a stranger': signed(head, claims, strangerKey),
    'signed by a stranger under another kid': signed({ ...head, kid: 'x' }, claims, strangerKey),
    'a changed role': `${header}.${b64({ ...claims, roles: ['admin'] })}.${signature}`,
    'a changed tenant': `${header}.${b64({ ...claims, tenant: 2 })}.${signature}`,
    'a cut signature': `${header}.${payload}.${signature.slice(0, -4)}`,
    'a longer signature': `${header}.${payload}.${signature}AAAA`,
    'a turned bit': `${header}.${payload}.${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`,
    'broken JSON in the header': `${b64('{"alg":')}.${payload}.${signature}`,
    'an array as header': `${b64([head])}.${payload}.${signature}`,
    'characters outside base64url': `${header}.${payload}.${signature.slice(0, -1)}=`,
    'no kid': signed({ alg: head['alg'], typ: head['typ'] }, claims),
    'an unknown kid': signed({ ...head, kid: 'nobody' }, claims),
    'a kid that is a path': signed({ ...head, kid: '../../dev/null' }, claims),
    'typ JWT': signed({ ...head, typ: 'JWT' }, claims),
    'typ of an identity token': signed({ ...head, typ: 'id+jwt' }, claims),
    'a jku': signed({ ...head, jku: 'https://evil.test/jwks.json' }, claims),
    'an embedded key': signed({ ...head, jwk }, claims, strangerKey),
    'a critical extension': signed({ ...head, crit: ['exp'] }, claims),
    expired: signed(head, { ...claims, iat: now - 700, exp: now - 100 }),
    'expires this second': signed(head, { ...claims, exp: now }),
    'lives too long': signed(head, { ...claims, exp: now + 86_400 }),
    'never expires': signed(head, { ...claims, exp: undefined }),
    'expiry as text': signed(head, { ...claims, exp: String(now + 300) }),
    'issued in the future': signed(head, { ...claims, iat: now + 3_600, exp: now + 3_900 }),
    'not valid yet': signed(head, { ...claims, nbf: now + 3_600 }),
    'another issuer': signed(head, { ...claims, iss: 'evil' }),
    'no issuer': signed(head, { ...claims, iss: undefined }),
    'another audience': signed(head, { ...claims, aud: 'other' }),
    'no audience': signed(head, { ...claims, aud: undefined }),
    'no subject': signed(head, { ...claims, sub: '' }),
    'tenant as text': signed(head, { ...claims, tenant: '1' }),
    'tenant zero': signed(head, { ...claims, tenant: 0 }),
    'a role we do not have': signed(head, { ...claims, roles: ['shopper', 'root'] }),
    'roles as text': signed(head, { ...claims, roles: 'admin' }),
    'no session': signed(head, { ...claims, sid: undefined }),
    'a payload that is no object': signed(head, 'hello'),
    'far too long': `${header}.${'A'.repeat(10_000)}.${signature}`,
  }
  const names = Object.keys(forged)
  assert(names.length >= 20)

  assert.notEqual(tokens.verify(signed(head, claims)), undefined, 'the forge itself works')
  assert.deepEqual(
    names.filter((name) => tokens.verify(forged[name] ?? '') !== undefined),
    [],
  )
  // Again, now that a good token is remembered.
  assert.notEqual(tokens.verify(real), undefined)
  assert.deepEqual(
    names.filter((name) => tokens.verify(forged[name] ?? '') !== undefined),
    [],
  )
})
