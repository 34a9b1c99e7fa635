import { isUtf8 } from 'node:buffer'

import type { FastifyInstance } from 'fastify'

import { Refused, refusal } from './answers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came; what is signed is signed over these bytes. */
    rawBody: Buffer | undefined
  }
}

/** JSON that is merged into what is there (RFC 7396): what `PATCH` takes beside `application/json`. */
export const MERGE_PATCH = 'application/merge-patch+json'

/**
 * Bodies are JSON in UTF-8 and nothing else. They are parsed once, so that a repeated key cannot
 * mean one thing to the check and another to the handler: the last one counts, for everyone.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers()
  fastify.decorateRequest('rawBody', undefined as never)
  fastify.addContentTypeParser(
    ['application/json', MERGE_PATCH],
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      const encoding = request.headers['content-encoding']
      const isEncoded = encoding !== undefined && encoding !== 'identity'
      if (isEncoded || (request.method !== 'PATCH' && isMergePatch(request.headers))) {
        done(new Refused(refusal('request.unsupported-media-type')))
        return
      }
      request.rawBody = bytes as Buffer
      const parsed = parse(request.rawBody)
      if (parsed.ok) done(null, parsed.value)
      else done(new Refused(refusal('request.not-json', { reason: parsed.reason })))
    },
  )
}

function isMergePatch(headers: { readonly 'content-type'?: string | undefined }): boolean {
  return headers['content-type']?.trimStart().toLowerCase().startsWith(MERGE_PATCH) === true
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string }

function parse(bytes: Buffer): Parsed {
  if (bytes.length === 0) return { ok: true, value: undefined }
  if (!isUtf8(bytes)) return { ok: false, reason: 'it is not UTF-8' }
  try {
    return { ok: true, value: JSON.parse(bytes.toString('utf8')) }
  } catch {
    // The parser's message quotes the body, which may hold a password.
    return { ok: false, reason: 'it breaks off or has a wrong character' }
  }
}
