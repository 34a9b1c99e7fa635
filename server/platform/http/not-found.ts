import type { FastifyReply, FastifyRequest } from 'fastify'

import { sendPage } from './page.ts'

/** A browser was pointed at an address outside the API, so a person will read the answer. */
export function isPersonLookingFor({ method, headers, url }: FastifyRequest): boolean {
  const asksForPage = headers.accept?.includes('text/html') === true
  return asksForPage && (method === 'GET' || method === 'HEAD') && !url.startsWith('/api/')
}

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i

/** Whether an address that no route has may be one of a shop's pages: somebody looks, or sends a form. */
export function isOfPages({ method, headers, url }: FastifyRequest): boolean {
  // `*` and addresses with a host are no paths (RFC 9112, section 3.2).
  if (!url.startsWith('/') || url.startsWith('/api/')) return false
  if (method === 'GET' || method === 'HEAD') return true
  return method === 'POST' && FORM.test(headers['content-type'] ?? '')
}

/** Says that there is no such page, and where to go on. */
export function sendNotFound(reply: FastifyReply): FastifyReply {
  return sendPage(reply, {
    status: 404,
    title: 'Nothing here',
    body: `<h1>Nothing here</h1>
<p>This address leads nowhere; it may have been mistyped or be out of date.</p>
<p><a href="/">To the front page</a></p>`,
  })
}
