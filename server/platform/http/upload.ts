import { Readable } from 'node:stream'

import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'

import { bounded } from '../blob/names.ts'
import { Refused, refusal } from './answers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body of a route that takes an upload, unread. */
    uploaded: AsyncIterable<Uint8Array> | undefined
  }
}

/** Adds a route whose body is bytes of any type; those of the others stay JSON. */
export function addUploadRoute(
  fastify: FastifyInstance,
  limitBytes: number,
  options: RouteOptions,
): void {
  // A plugin of its own, because parsers of bodies are those of a whole plugin.
  fastify.register((child, _options, done) => {
    child.removeAllContentTypeParsers()
    child.addContentTypeParser('*', (request, payload, parsed) => {
      const { 'content-encoding': encoding = 'identity', 'content-length': length } =
        request.headers
      if (encoding !== 'identity') {
        parsed(new Refused(refusal('request.unsupported-media-type')))
      } else if (Number(length ?? 0) > limitBytes) {
        parsed(new Refused(refusal('request.too-large', { limitBytes })))
      } else {
        // What is too much is not read by us but by Node, so that the answer finds its way.
        request.uploaded = bounded(payload.iterator({ destroyOnReturn: false }), limitBytes)
        parsed(null, undefined)
      }
    })
    child.route(options)
    done()
  })
}

/** The bytes of a request's upload; none when nothing was sent. */
export function uploadOf(request: FastifyRequest): AsyncIterable<Uint8Array> {
  return request.uploaded ?? Readable.from([])
}
