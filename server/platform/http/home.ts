import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Tenant, Tenants } from '../tenants.ts'
import { escapeHtml, sendPage } from './page.ts'

/** A shop as the first page links it. */
export interface ShopLink {
  readonly name: string
  /** Host name without port. */
  readonly host: string
}

/** What the first page cannot know by itself. */
export interface Home {
  readonly version: string
  shops(): Promise<readonly ShopLink[]>
  readonly hasTour: boolean
}

/** Greets a person: what runs here, the shop of this host name, and where to go next. */
export function greet(
  home: Home,
  tenants: Tenants,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const tenant = await tenants.byHost(request.host)
    const origin = `${request.protocol}://${request.host}`
    const shops = (await home.shops()).map((shop) => ({
      ...shop,
      url: addressOf(request, shop.host),
    }))

    const body = [
      tenant === undefined ? noShop(request.host) : thisShop(tenant),
      tenant === undefined ? '' : firstCall(origin),
      '<h2>Go on</h2>',
      cards([
        ['/docs', 'API, browsable', 'Every operation, to read and to try.'],
        ['/openapi.json', 'API, as OpenAPI', 'The same for programs.'],
        ...(home.hasTour ? ([['/tour', 'The tour', 'A sale by curl in ten lines.']] as const) : []),
      ]),
      shops.length === 0 ? '' : '<h2>Shops of this deployment</h2>',
      cards(shops.map((shop) => [shop.url, shop.name, shop.url] as const)),
      '<h2>For operators</h2>',
      cards([
        ['/readyz', 'Readiness', 'Does it take traffic, and is the database there?'],
        ['/livez', 'Liveness', 'Does the process answer?'],
        ['/metrics', 'Metrics', 'In the form Prometheus reads.'],
      ]),
      `<footer>Torg ${escapeHtml(home.version)} · Node.js ${escapeHtml(process.versions.node)} · PostgreSQL</footer>`,
    ]
    return sendPage(reply, {
      status: tenant === undefined ? 404 : 200,
      title: tenant === undefined ? 'No shop at this address' : `${tenant.name} · Torg`,
      body: body.filter((part) => part !== '').join('\n'),
    })
  }
}

function thisShop(tenant: Tenant): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Currency', tenant.currency],
    ['Languages', tenant.languages.join(', ')],
    ['Time zone', tenant.timeZone],
    ['A cart keeps its units', `${tenant.holdMinutes} minutes`],
  ]
  return `<span class="badge">open</span>
<h1>${escapeHtml(tenant.name)}</h1>
<p class="lead">This is a shop on Torg, the platform that never sells what it does not have. The
storefront comes later; its API is here, and it sells.</p>
<dl>${facts.map(([name, fact]) => `<dt>${name}</dt><dd>${escapeHtml(fact)}</dd>`).join('')}</dl>`
}

function noShop(host: string): string {
  return `<h1>There is no shop at this address</h1>
<p class="lead">Torg runs here, but no shop answers to <strong>${escapeHtml(host)}</strong>.</p>`
}

function firstCall(origin: string): string {
  return `<h2>Try it</h2>
<pre>curl '${escapeHtml(origin)}/api/v1/products?limit=3'</pre>`
}

function cards(links: readonly (readonly [href: string, title: string, text: string])[]): string {
  if (links.length === 0) return ''
  const items = links.map(
    ([href, title, text]) =>
      `<li><a href="${escapeHtml(href)}"><strong>${escapeHtml(title)}</strong><span>${escapeHtml(text)}</span></a></li>`,
  )
  return `<ul class="cards">${items.join('')}</ul>`
}

/** The shop's address as seen by whoever asks: same scheme, same port. */
function addressOf(request: FastifyRequest, host: string): string {
  const port = /:(\d+)$/.exec(request.host)?.[1]
  return `${request.protocol}://${host}${port === undefined ? '' : `:${port}`}/`
}
