import type { FastifyRequest } from 'fastify'

import { languageOf } from '#platform/http/language'
import type { Tenant } from '#platform/tenants'

import type { Provenance } from './forged.ts'

/** Of a page whose shop is not known: by its address, else what the browser prefers. */
export function anyLanguageIn(url: string, accepted: string | undefined): string {
  const [, first] = /^\/(uk|ru|en)(?:[/?.]|$)/.exec(url) ?? []
  return first ?? languageOf({ languages: ['en', 'uk', 'ru'] }, undefined, accepted)
}

/** `/en/p/ball` is English; without one of the shop's languages in front it is the shop's first. */
export function languageIn(url: string, { languages }: Tenant): string {
  const [, first = ''] = /^\/([a-z]{2,3})(?:[/?.]|$)/.exec(url) ?? []
  return languages.includes(first) ? first : (languages[0] ?? 'en')
}

/** What the router of the pages is asked; the cookie is none of its business. */
export function requestOf(request: FastifyRequest): Request {
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

/** What the browser says of the page that sent it. */
export function provenanceOf({ method, host, headers }: FastifyRequest): Provenance {
  return { method, host, origin: headers.origin, fetchSite: oneOf(headers['sec-fetch-site']) }
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join() : header
}

/** `https://shop.example.com`, as the visitor sees it. */
export function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`
}

/** Whether nothing is changed by it. */
export function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
