import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

import { createSigner, createVerifier } from 'fast-jwt'

import type { Clock } from '../clock.ts'
import type { Actor, Role } from '../http/route.ts'
import type { TenantId } from '../ids.ts'
import type { Secrets } from './secrets.ts'

/** What an access token says. It is believed for its ten minutes, whatever happens to the session. */
export interface Session {
  readonly tenant: TenantId
  readonly actor: Extract<Actor, { kind: 'user' }>
  /** Seconds since 1970. */
  readonly expiresAt: number
}

/** A public key as served at `/.well-known/jwks.json` (RFC 8037, RFC 7517). */
export interface PublicJwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

/** Issues and verifies access tokens: EdDSA (Ed25519), type `at+jwt` (RFC 9068). */
export interface Tokens {
  readonly lifetimeSeconds: number
  readonly jwks: { readonly keys: readonly PublicJwk[] }
  issue(who: {
    readonly tenant: TenantId
    readonly userId: string
    readonly roles: readonly Role[]
    readonly sessionId: string
  }): string
  /** Undefined for whatever is not a token of ours that is valid now; never throws. */
  verify(token: string): Session | undefined
}

const LIFETIME_SECONDS = 600
/** Verifying costs about 150 µs, looking up far below one; 10,000 tokens are some 6 MB. */
const REMEMBERED = 10_000
const MAX_TOKEN_LENGTH = 2_048
const TYPE = 'at+jwt'
const ROLES: ReadonlySet<string> = new Set<Role>([
  'shopper',
  'warehouse',
  'courier',
  'staff',
  'admin',
])

/**
 * Keys come from the deployment's secret, so every process signs and verifies alike and a token
 * outlives a restart. The previous secret's key only verifies.
 */
export function openTokens(options: {
  readonly secrets: Secrets
  readonly clock: Clock
  readonly issuer?: string
  readonly audience?: string
}): Tokens {
  const issuer = options.issuer ?? 'torg'
  const audience = options.audience ?? 'torg-api'
  const now = (): number => options.clock.now()
  const { current, previous } = options.secrets.derive('jwt')
  const signing = signingKey(current)
  const keys = previous === undefined ? [signing] : [signing, signingKey(previous)]
  const examine = examiner(keys, issuer, audience)
  const sign = createSigner({
    key: signing.privatePem,
    algorithm: 'EdDSA',
    header: { alg: 'EdDSA', typ: TYPE, kid: signing.jwk.kid },
  })
  const remembered = new Map<string, Session>()

  return {
    lifetimeSeconds: LIFETIME_SECONDS,
    jwks: { keys: keys.map((key) => key.jwk) },
    issue({ tenant, userId, roles, sessionId }) {
      const iat = Math.floor(now() / 1000)
      const exp = iat + LIFETIME_SECONDS
      return sign({
        iss: issuer,
        aud: audience,
        sub: userId,
        tenant,
        roles,
        sid: sessionId,
        iat,
        exp,
      })
    },
    verify(token) {
      const known = remembered.get(token)
      if (known !== undefined) {
        if (known.expiresAt * 1000 > now()) return known
        remembered.delete(token)
        return undefined
      }
      if (token.length > MAX_TOKEN_LENGTH) return undefined
      const session = examine(token, now() / 1000)
      if (session === undefined) return undefined
      // A map keeps the order of insertion, so the first key is the oldest.
      if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '')
      remembered.set(token, session)
      return session
    },
  }
}

/** Verifies a token from scratch, with the key its header names. */
function examiner(
  keys: readonly SigningKey[],
  issuer: string,
  audience: string,
): (token: string, nowSeconds: number) => Session | undefined {
  const verifiers = new Map(
    keys.map((key) => [
      key.jwk.kid,
      createVerifier({
        key: key.publicPem,
        algorithms: ['EdDSA'],
        allowedIss: issuer,
        allowedAud: audience,
        requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub', 'tenant', 'roles', 'sid'],
        // Time is judged in `sessionOf`, by the clock that was handed to us.
        ignoreExpiration: true,
        ignoreNotBefore: true,
        cache: false,
      }),
    ]),
  )
  return (token, nowSeconds) => {
    const kid = keyIdOf(token)
    const verifier = kid === undefined ? undefined : verifiers.get(kid)
    if (verifier === undefined) return undefined
    try {
      return sessionOf(verifier(token), nowSeconds)
    } catch {
      // Whatever fast-jwt finds wrong, the caller learns only that the token is not valid.
      return undefined
    }
  }
}

/** The header must be exactly ours: no `jku`, `jwk`, `crit` or other algorithm is even looked at. */
function keyIdOf(token: string): string | undefined {
  const parts = token.split('.')
  if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]+$/.test(part))) return undefined
  try {
    const header = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString()) as unknown
    if (typeof header !== 'object' || header === null) return undefined
    const { alg, typ, kid, ...others } = header as Record<string, unknown>
    const ours = alg === 'EdDSA' && typ === TYPE && Object.keys(others).length === 0
    return ours && typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}

function sessionOf(claims: unknown, nowSeconds: number): Session | undefined {
  const { sub, tenant, roles, sid, iat, exp, nbf } = claims as Record<string, unknown>
  if (typeof sub !== 'string' || sub === '' || typeof sid !== 'string' || sid === '')
    return undefined
  if (typeof tenant !== 'number' || !Number.isSafeInteger(tenant) || tenant < 1) return undefined
  if (!Array.isArray(roles) || !roles.every((role) => ROLES.has(role as string))) return undefined
  if (typeof iat !== 'number' || typeof exp !== 'number' || !Number.isFinite(exp)) return undefined
  // One minute of tolerance for clocks of other processes, none for the end of a token.
  if (nbf !== undefined || iat > nowSeconds + 60 || exp <= nowSeconds) return undefined
  if (exp - iat > LIFETIME_SECONDS) return undefined
  return {
    tenant: tenant as TenantId,
    actor: Object.freeze({
      kind: 'user',
      id: sub,
      roles: Object.freeze([...(roles as Role[])]),
      sessionId: sid,
    }),
    expiresAt: exp,
  }
}

interface SigningKey {
  readonly privatePem: string
  readonly publicPem: string
  readonly jwk: PublicJwk
}

/** RFC 8410 section 7: the DER of an Ed25519 private key is this prefix and the 32 bytes of its seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

function signingKey(seed: Buffer): SigningKey {
  const der = Buffer.concat([PKCS8_PREFIX, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  return {
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    jwk: jwkOf(publicKey),
  }
}

/** The key id is the key's thumbprint (RFC 7638), so two processes never disagree on it. */
function jwkOf(publicKey: KeyObject): PublicJwk {
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 public key has an x')
  const canonical = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })
  const kid = createHash('sha256').update(canonical).digest('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
}
