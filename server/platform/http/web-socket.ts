/** Connections that stay open (RFC 6455), for the route that takes them. */
import type { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'

import fastifyWebsocket from '@fastify/websocket'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'

import type { Answers } from './answers.ts'
import type { OpenSocket, SocketRequest, SocketSide } from './socket-side.ts'

/** Longer messages end their connection with 1009. */
const MOST_MESSAGE_BYTES = 8_192

/** A server that goes away says so, and hangs up on who does not answer within this time. */
const GOODBYE_MS = 1_500
const SERVICE_RESTART = 1012

interface Ws {
  readonly bufferedAmount: number
  send(text: string): void
  close(code: number, reason: string): void
  terminate(): void
  ping(): void
  on(event: 'message', heard: (data: Buffer, isBinary: boolean) => void): void
  on(event: 'pong' | 'close', heard: () => void): void
}

/**
 * Whether a request that wants to become something else is let: nobody's but that of a route for
 * sockets. Whatever else it wants (`h2c`) it is answered as if it had not asked.
 */
export function upgrades(
  paths: ReadonlySet<string>,
): (request: {
  readonly url?: string | undefined
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
}) => boolean {
  return ({ url = '', method, headers }) =>
    method === 'GET' &&
    typeof headers['upgrade'] === 'string' &&
    /^websocket$/i.test(headers['upgrade']) &&
    paths.has(url.split('?', 1)[0] ?? '')
}

/** Adds the route that opens connections, beside all others: its hooks cost no other request. */
export async function addSocketRoute(
  fastify: FastifyInstance,
  options: RouteOptions,
  side: SocketSide,
  answers: Answers,
): Promise<void> {
  if ('websocketServer' in fastify.server) throw new Error('one route opens connections, not two')
  Object.assign(fastify.server, { websocketServer: true })
  await fastify.register(async (scope) => {
    await scope.register(fastifyWebsocket, {
      options: { maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false, clientTracking: true },
      errorHandler: (_error: Error, socket: unknown) => (socket as Ws).terminate(),
      preClose: (done: () => void) => {
        void goodbye(scope as unknown as WithSockets).finally(done)
      },
    } as never)
    scope.addHook('onRequest', (request, _reply, done) => {
      if (isUpgrade(request)) flushBeforeDestroyed(request.raw.socket)
      done()
    })
    scope.route({
      ...options,
      preValidation: (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
        const admitted = isUpgrade(request) ? side.admit(socketRequest(request)) : undefined
        if (admitted?.ok === false) answers.refuse(request, reply, admitted.refusal)
        else done()
      },
      wsHandler: (socket: unknown, request: FastifyRequest) => {
        Reflect.deleteProperty(request.raw.socket, 'destroy')
        side.open(openSocket(socket as Ws), socketRequest(request))
      },
    } as never)
  })
}

/** The plugin hangs up as soon as a refusal is written, which may be before it is sent. */
function flushBeforeDestroyed(socket: Socket): void {
  socket.destroy = () => {
    Reflect.deleteProperty(socket, 'destroy')
    socket.destroySoon()
    return socket
  }
}

interface WithSockets {
  readonly websocketServer: { readonly clients: ReadonlySet<Ws>; close(): void }
}

/** Tells everybody to come back, and waits until they have hung up or time is over. */
async function goodbye({ websocketServer }: WithSockets): Promise<void> {
  const { clients } = websocketServer
  for (const client of clients) client.close(SERVICE_RESTART, 'The server restarts; come back.')
  websocketServer.close()
  const until = performance.now() + GOODBYE_MS
  while (clients.size > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  for (const client of clients) client.terminate()
}

function isUpgrade(request: FastifyRequest): boolean {
  return (request as { ws?: boolean }).ws === true
}

function socketRequest(request: FastifyRequest): SocketRequest {
  return {
    tenant: request.tenant,
    ip: request.ip,
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
  }
}

function openSocket(ws: Ws): OpenSocket {
  return {
    send: (text) => ws.send(text),
    get waitingBytes() {
      return ws.bufferedAmount
    },
    close: (code, reason) => ws.close(code, reason),
    cut: () => ws.terminate(),
    ping: () => ws.ping(),
    onMessage: (heard) => ws.on('message', (data, isBinary) => heard(isBinary ? '' : String(data))),
    onLife(heard) {
      ws.on('pong', heard)
      ws.on('message', heard)
    },
    onClose: (heard) => ws.on('close', heard),
  }
}
