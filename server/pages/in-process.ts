import type { FastifyInstance, InjectOptions } from 'fastify'

import { Said } from './said.ts'

const JSON_TYPE = /^application\/(?:problem\+)?json\b/

/** Headers of the visitor's own request that the API asks for: its host names the shop. */
export interface Asker {
  readonly host: string
  readonly ip: string
  /** Names the device in the list of sessions. */
  readonly userAgent?: string
  readonly accessToken?: string | undefined
}

/** Asks the API of this process without a socket, under the same rules as anybody else. */
export async function askInProcess(
  fastify: FastifyInstance,
  request: Request,
  { host, ip, userAgent, accessToken }: Asker,
): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer())
  const { statusCode, headers, rawPayload } = await fastify.inject({
    method: request.method as NonNullable<InjectOptions['method']>,
    url: pathname + search,
    remoteAddress: ip,
    headers: {
      ...Object.fromEntries(request.headers),
      host,
      ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    ...(body === undefined ? {} : { payload: body }),
  })
  const answered = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) answered.set(name, String(value))
  }
  const init = { status: statusCode, headers: answered }
  const isEmpty = statusCode === 204 || statusCode === 304
  if (!isEmpty && JSON_TYPE.test(answered.get('content-type') ?? '')) {
    return new Said(rawPayload.toString('utf8'), init)
  }
  return new Response(isEmpty ? null : new Uint8Array(rawPayload), init)
}
