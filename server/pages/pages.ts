import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { Kept, type Made } from '#platform/cache/kept'
import type { Tail } from '#platform/cache/tail'
import type { Clock } from '#platform/clock'
import type { Secrets } from '#platform/auth/secrets'
import type { Tenant, Tenants } from '#platform/tenants'

import { openBuilt, type Built } from './built.ts'
import { iconOf, sizeOfIcon, type IconSize } from './icon.ts'
import { plainKindOf, plainPage, type Plain, type PlainKind } from './plain.ts'
import type { Currencies, SessionBox, Visit } from './contract.ts'
import { openAnswers, type Answers } from './answers.ts'
import { askAs } from './asking.ts'
import { currenciesOf, currencyShown, everybodys, type ShopCurrencies } from './currency.ts'
import { openDrops } from './drops.ts'
import { isForged } from './forged.ts'
import { openRenewal } from './renewal.ts'
import { anyLanguageIn, isRead, languageIn, originOf, provenanceOf, requestOf } from './requests.ts'
import { openSeal } from './seal.ts'
import { etagOf, ready, send, sendAsset, sendOwn, sendPlain, type Page } from './sending.ts'
import { nobody, openSession } from './session.ts'

/** A page that many ask for is made so often at least; changes of what is on it drop it at once. */
const AGE_MS = 5_000
/** Some 1,500 pages, each with its packed form. */
const PAGES_BYTES = 64 * 1024 * 1024
/** What a page takes beside its bytes. */
const ROOM = 2_000
/** Events of what pages show to everybody; of carts and orders they show nothing. */
const SHOWN = /^(catalog|pricing|reviews|inventory|media|tenants)\./
/** Where a shop's offline page is taken from, by the worker of a browser. */
const OFFLINE = /^\/(?:[a-z]{2,3}\/)?offline$/

export interface PagesParts {
  readonly folder: string
  readonly tenants: Tenants
  readonly secrets: Secrets
  readonly clock: Clock
  readonly tail?: Tail | undefined
  readonly prices: ShopCurrencies
  readonly availabilityTerm: Visit['availabilityTerm']
}

/** The pages of the shops: everything a browser asks for that is no address of the API. */
export interface Pages {
  /** False where there is no shop by this host name. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
  /** What a person is shown when there can be no page. */
  instead(request: FastifyRequest, status: number): Plain
}

/** Undefined where the storefront was not built. */
export async function openPages(
  fastify: FastifyInstance,
  parts: PagesParts,
): Promise<Pages | undefined> {
  const { folder, tenants, clock, tail, prices } = parts
  const built = await openBuilt(folder)
  if (built === undefined) return undefined
  const { assets, isShared, plainTextsOf } = built
  const { pages, answers, drops } = openMemory(clock, tail)
  const { iconPage, sharedPage, ownPage } = openMaking(fastify, built, { ...parts, answers })

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const asset = assets.get(request.url)
    if (asset !== undefined) return sendAsset(request, reply, asset)
    const shop = await tenants.byHost(request.host)
    if (shop === undefined) return false
    if (isForged(provenanceOf(request))) {
      await sendPlain(reply.code(403), plain(languageIn(request.url, shop), 'forged'))
      return true
    }
    const { pathname } = new URL(`${originOf(request)}${request.url}`)
    const size = sizeOfIcon(pathname)
    if (isRead(request) && size !== undefined) {
      const key = `${request.protocol}://${request.host}${pathname}`
      await send(request, reply, await pages.of(shop.id, key, () => iconPage(request, shop, size)))
    } else if (isRead(request) && OFFLINE.test(pathname)) {
      await sendPlain(reply, plain(languageIn(request.url, shop), 'offline'))
    } else if (isRead(request) && isShared(pathname)) {
      await answerShared(request, reply, shop)
    } else {
      await sendOwn(reply, await ownPage(request, shop), () => away(request, shop))
    }
    return true
  }

  async function answerShared(request: FastifyRequest, reply: FastifyReply, shop: Tenant) {
    const currency = await currencyShown(prices, shop, request.headers.cookie)
    const key = `${currency} ${request.protocol}://${request.host}${request.url}`
    drops.settle(shop.id)
    const make = () => sharedPage(request, shop, currency)
    try {
      await send(request, reply, await pages.of(shop.id, key, make))
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      await sendOwn(reply, error.response.clone(), () => away(request, shop))
    }
  }

  function away({ url }: FastifyRequest, shop: Tenant): Plain {
    return plain(languageIn(url, shop), 'unavailable')
  }

  function plain(language: string, kind: PlainKind): Plain {
    return plainPage(plainTextsOf(language), language, kind)
  }

  function instead({ url, headers }: FastifyRequest, status: number): Plain {
    return plain(anyLanguageIn(url, headers['accept-language']), plainKindOf(status))
  }

  return { answer, instead }
}

/** What is kept of pages and of what they are made of, and what drops it. */
function openMemory(clock: Clock, tail: Tail | undefined) {
  const answers = openAnswers(clock)
  const pages = new Kept<Page>({ clock, maxAgeMs: AGE_MS, maxSize: PAGES_BYTES })
  const drops = openDrops(clock, (tenant) => {
    answers.dropAllOf(tenant)
    pages.dropAllOf(tenant)
  })
  tail?.hear({
    told({ tenant, type }) {
      if (SHOWN.test(type)) drops.changed(tenant)
    },
    moved: ({ tenant }) => drops.moved(tenant),
    lost() {
      answers.dropAll()
      pages.dropAll()
    },
  })
  return { pages, answers, drops }
}

/** What one request tells of who came, and how it asks the API. */
function openVisits(
  fastify: FastifyInstance,
  { clock, availabilityTerm, answers }: Pick<MakingParts, 'clock' | 'availabilityTerm' | 'answers'>,
) {
  const renewal = openRenewal(clock)
  return (
    request: FastifyRequest,
    shop: Tenant,
    session: SessionBox,
    currencies: Currencies,
  ): Visit => {
    const ask = (asked: Request): Promise<Response> =>
      askAs(fastify, renewal, { request, session }, asked)
    return {
      shop,
      language: languageIn(request.url, shop),
      origin: originOf(request),
      session,
      currencies,
      availabilityTerm,
      fetch: session === nobody ? (asked) => answers.of(shop.id, asked, () => ask(asked)) : ask,
    }
  }
}

interface MakingParts extends PagesParts {
  readonly answers: Answers
}

/** How what is sent is made, of one request. */
function openMaking(
  fastify: FastifyInstance,
  { render }: Built,
  { secrets, prices, ...parts }: MakingParts,
) {
  const seal = openSeal(secrets, 'store-session')
  const visitOf = openVisits(fastify, parts)

  async function iconPage(
    request: FastifyRequest,
    shop: Tenant,
    size: IconSize,
  ): Promise<Made<Page>> {
    const body = await iconOf(
      visitOf(request, shop, nobody, everybodys(prices, shop, shop.currency)),
      size,
    )
    const headers = { 'content-type': 'image/png', 'cache-control': 'public, max-age=3600' }
    const page = { status: 200, headers, body, packed: undefined, etag: etagOf(body) }
    return { value: page, size: body.length + ROOM, touches: [] }
  }

  async function sharedPage(
    request: FastifyRequest,
    shop: Tenant,
    currency: string,
  ): Promise<Made<Page>> {
    const visit = visitOf(request, shop, nobody, everybodys(prices, shop, currency))
    const response = await render(requestOf(request), visit)
    // What went wrong is told to whoever asked just now, and to nobody after them.
    if (response.status >= 500) throw new Broken(response)
    const page = await ready(response)
    const size = page.body.length + (page.packed?.length ?? 0) + ROOM
    return { value: page, size, touches: [] }
  }

  async function ownPage(request: FastifyRequest, shop: Tenant): Promise<Response> {
    const { cookie } = request.headers
    const session = openSession(seal, cookie)
    const shown = await currencyShown(prices, shop, cookie)
    const chosen: string[] = []
    const currencies = currenciesOf(prices, shop, shown, (each) => chosen.push(each))
    const response = await render(requestOf(request), visitOf(request, shop, session, currencies))
    const kept = session.cookie()
    for (const each of kept === undefined ? chosen : [...chosen, kept]) {
      response.headers.append('set-cookie', each)
    }
    response.headers.set('cache-control', 'private, no-store')
    return response
  }

  return { iconPage, sharedPage, ownPage }
}

/** A page that could not be made. */
class Broken extends Error {
  readonly response: Response

  constructor(response: Response) {
    super('A page could not be made.')
    this.response = response
  }
}
