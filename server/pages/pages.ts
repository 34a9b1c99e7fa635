import { hash } from 'node:crypto'
import { brotliCompress, constants } from 'node:zlib'
import { promisify } from 'node:util'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { Kept, type Made } from '#platform/cache/kept'
import type { Tail } from '#platform/cache/tail'
import type { Clock } from '#platform/clock'
import type { Secrets } from '#platform/auth/secrets'
import type { Tenant, Tenants } from '#platform/tenants'

import { openBuilt, type Asset } from './built.ts'
import type { SessionBox, Visit } from './contract.ts'
import { askAs } from './asking.ts'
import { policyOf } from './policy.ts'
import { isForged, type Provenance } from './forged.ts'
import { openRenewal } from './renewal.ts'
import { openSeal } from './seal.ts'
import { nobody, openSession } from './session.ts'

/** A page that many ask for is made so often at least; changes of what is on it drop it at once. */
const AGE_MS = 5_000
/** Some 1,500 pages, each with its packed form. */
const PAGES_BYTES = 64 * 1024 * 1024
/** What a page takes beside its bytes. */
const ROOM = 2_000
const FOR_EVER = 'public, max-age=31536000, immutable'

const pack = promisify(brotliCompress)

export interface PagesParts {
  readonly folder: string
  readonly tenants: Tenants
  readonly secrets: Secrets
  readonly clock: Clock
  readonly tail?: Tail | undefined
}

/** The pages of the shops: everything a browser asks for that is no address of the API. */
export interface Pages {
  /** False where there is no shop by this host name. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
}

interface Page {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly packed: Buffer
  readonly etag: string
}

/** Undefined where the storefront was not built. */
export async function openPages(
  fastify: FastifyInstance,
  { folder, tenants, secrets, clock, tail }: PagesParts,
): Promise<Pages | undefined> {
  const built = await openBuilt(folder)
  if (built === undefined) return undefined
  const { assets, isShared, render } = built
  const seal = openSeal(secrets, 'store-session')
  const renewal = openRenewal(clock)
  const pages = new Kept<Page>({ clock, maxAgeMs: AGE_MS, maxSize: PAGES_BYTES })
  tail?.hear({
    told: ({ tenant }) => pages.dropAllOf(tenant),
    moved: ({ tenant }) => pages.dropAllOf(tenant),
    lost: () => pages.dropAll(),
  })

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const asset = assets.get(request.url)
    if (asset !== undefined) return sendAsset(request, reply, asset)
    const shop = await tenants.byHost(request.host)
    if (shop === undefined) return false
    if (isForged(provenanceOf(request))) {
      await reply.code(403).type('text/plain; charset=utf-8').send('This form is not of this shop.')
      return true
    }
    if (isRead(request) && isShared(new URL(request.url, 'http://shop').pathname)) {
      const key = `${request.protocol}://${request.host}${request.url}`
      await send(request, reply, await pages.of(shop.id, key, () => sharedPage(request, shop)))
    } else {
      await sendOwn(reply, await ownPage(request, shop))
    }
    return true
  }

  async function sharedPage(request: FastifyRequest, shop: Tenant): Promise<Made<Page>> {
    const page = await ready(await render(requestOf(request), visitOf(request, shop, nobody)))
    return { value: page, size: page.body.length + page.packed.length + ROOM, touches: [] }
  }

  async function ownPage(request: FastifyRequest, shop: Tenant): Promise<Response> {
    const session = openSession(seal, request.headers.cookie)
    const response = await render(requestOf(request), visitOf(request, shop, session))
    const cookie = session.cookie()
    if (cookie !== undefined) response.headers.append('set-cookie', cookie)
    response.headers.set('cache-control', 'private, no-store')
    return response
  }

  function visitOf(request: FastifyRequest, shop: Tenant, session: SessionBox): Visit {
    return {
      shop,
      language: languageIn(request.url, shop),
      origin: originOf(request),
      session,
      fetch: (asked) => askAs(fastify, renewal, { request, session }, asked),
    }
  }

  return { answer }
}

/** A page that is everybody's is made ready to be sent many times. */
async function ready(response: Response): Promise<Page> {
  const body = Buffer.from(await response.arrayBuffer())
  const headers: Record<string, string> = {
    ...Object.fromEntries(response.headers),
    'cache-control': 'public, max-age=0, must-revalidate',
    ...policyFor(response, body),
  }
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
  const packed = await pack(body, quality)
  return {
    status: response.status,
    headers,
    body,
    packed,
    // Weak, as one tag stands for the page as it is and as it is packed (RFC 9110, section 8.8.1).
    etag: `W/"${hash('sha1', body, 'base64url')}"`,
  }
}

function policyFor({ headers }: Response, body: Buffer): Record<string, string> {
  return headers.get('content-type')?.startsWith('text/html') === true
    ? {
        'content-security-policy': policyOf(body.toString('utf8')),
        // Without it a form that no script sends has no origin, and is refused as another's.
        'referrer-policy': 'same-origin',
      }
    : {}
}

async function send(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<void> {
  const { status, headers, body, packed, etag } = page
  reply.headers({ ...headers, etag, vary: 'accept-encoding' })
  if (status === 200 && isKnown(request.headers['if-none-match'], etag)) {
    await reply.code(304).send()
    return
  }
  const isPacked = takesBrotli(request)
  if (isPacked) reply.header('content-encoding', 'br')
  await reply.code(status).send(isPacked ? packed : body)
}

/** Caches on the way may ask with several tags, and with the weak form of one that was strong. */
function isKnown(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false
  return asked.split(',').some((each) => each.trim() === etag || each.trim() === '*')
}

async function sendOwn(reply: FastifyReply, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  const cookies = response.headers.getSetCookie()
  reply.headers({ ...Object.fromEntries(response.headers), ...policyFor(response, body) })
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  await reply.code(response.status).send(body)
}

async function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, bytes, brotli }: Asset,
): Promise<true> {
  reply.headers({ 'content-type': type, 'cache-control': FOR_EVER, vary: 'accept-encoding' })
  const isPacked = brotli !== undefined && takesBrotli(request)
  if (isPacked) reply.header('content-encoding', 'br')
  await reply.send(isPacked ? brotli : bytes)
  return true
}

function takesBrotli({ headers }: FastifyRequest): boolean {
  return /\bbr\b/.test(String(headers['accept-encoding'] ?? ''))
}

/** `/en/p/ball` is English; without one of the shop's languages in front it is the shop's first. */
function languageIn(url: string, { languages }: Tenant): string {
  const [, first = ''] = /^\/([a-z]{2,3})(?:[/?.]|$)/.exec(url) ?? []
  return languages.includes(first) ? first : (languages[0] ?? 'en')
}

function requestOf(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'cookie') headers.set(name, String(value))
  }
  return new Request(`${originOf(request)}${request.url}`, {
    // What answers HEAD is the page itself, or an empty one would be kept.
    method: isRead(request) ? 'GET' : request.method,
    headers,
    ...(isRead(request) ? {} : { body: request.raw as never, duplex: 'half' as never }),
  })
}

function provenanceOf({ method, host, headers }: FastifyRequest): Provenance {
  return { method, host, origin: headers.origin, fetchSite: oneOf(headers['sec-fetch-site']) }
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join() : header
}

function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`
}

function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
