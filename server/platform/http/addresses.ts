import type { FastifyInstance } from 'fastify'

import { refusal, type Answers } from './answers.ts'
import type { Compiled } from './operation.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'] as const

/** Fills as routes are added, by whomever, so it is what is served and not what was meant to be. */
export function addressesOf(fastify: FastifyInstance): ReadonlySet<string> {
  const addresses = new Set<string>()
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) addresses.add(`${each} ${url}`)
  })
  return addresses
}

/** Two routes of one id, or of one address, are a bug of who wrote them: the start fails. */
export function refuseTwins(compiled: readonly Compiled[]): void {
  const seen = new Set<string>()
  for (const { route } of compiled) {
    for (const name of [route.id, `${route.method} ${nameless(route.path)}`]) {
      if (seen.has(name)) throw new Error(`two routes are called ${name}`)
      seen.add(name)
    }
  }
}

/** A path without the names of its parameters: `/carts/{id}` and `/carts/{cart}` are one address. */
function nameless(path: string): string {
  return path.replace(/\{\w+\}/g, '{}')
}

/** Every known address answers methods it does not take with 405 and `Allow` (RFC 9110 section 15.5.6). */
export function refuseOtherMethods(
  fastify: FastifyInstance,
  answers: Answers,
  routes: readonly { readonly path: string; readonly method: string }[],
): void {
  const taken = new Map<string, Set<string>>()
  for (const { path, method } of routes) {
    const methods = taken.get(nameless(path)) ?? new Set()
    methods.add(method)
    if (method === 'GET') methods.add('HEAD')
    taken.set(nameless(path), methods)
  }
  for (const [path, methods] of taken) {
    let position = 0
    const allowed = [...methods].toSorted().join(', ')
    fastify.route({
      method: METHODS.filter((method) => !methods.has(method)),
      url: path.replace(/\{\}/g, () => `:part${position++}`),
      // Before the body is read: it does not matter what is in it.
      onRequest: (request, reply) => {
        reply.header('allow', allowed)
        const { method } = request
        answers.refuse(request, reply, refusal('request.method-not-allowed', { method, allowed }))
      },
      handler: () => undefined,
    })
  }
}
