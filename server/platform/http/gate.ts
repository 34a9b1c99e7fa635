import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Tokens } from '../auth/tokens.ts'
import { accept, refuse, type Outcome } from '../outcome.ts'
import type { Tenant, Tenants } from '../tenants.ts'
import { admission, blinkers } from './access.ts'
import { refusal, type Answers } from './answers.ts'
import type { Operation } from './operation.ts'
import type { Access, Actor } from './route.ts'

const GUEST: Actor = Object.freeze({ kind: 'guest' })

/**
 * Decides before a byte of the body is read: which shop (by host name), who (by token, which must
 * be of that shop) and whether they may call this route (requirements R19, R20).
 */
export function gate(
  operation: Operation,
  access: Access,
  parts: { readonly tenants: Tenants; readonly tokens: Tokens; readonly answers: Answers },
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  const { tenants, tokens, answers } = parts
  const may = admission(access)
  const seen = blinkers(access)

  return async (request, reply) => {
    request.operation = operation
    const host = request.host
    if (typeof host !== 'string' || host === '') {
      return answers.refuse(
        request,
        reply,
        refusal('request.malformed', { reason: 'it names no host' }),
      )
    }
    const tenant = await tenants.byHost(host)
    if (tenant === undefined) {
      return answers.refuse(request, reply, refusal('tenant.unknown', { host: host.slice(0, 255) }))
    }
    request.tenant = tenant

    const actor = actorOf(request.headers.authorization, tenant, tokens)
    if (!actor.ok) return answers.refuse(request, reply, actor.refusal)
    request.actor = seen(actor.value)

    const refused = may(actor.value)
    return refused === undefined ? undefined : answers.refuse(request, reply, refusal(refused))
  }
}

function actorOf(header: string | undefined, tenant: Tenant, tokens: Tokens): Outcome<Actor> {
  if (header === undefined) return accept(GUEST)
  const token = /^Bearer ([^\s,]+)$/i.exec(header)?.[1]
  const session = token === undefined ? undefined : tokens.verify(token)
  // A token of another shop is no token here: shops share nothing, not even their users.
  if (session === undefined || session.tenant !== tenant.id) {
    return refuse({ code: 'auth.token-invalid' })
  }
  return accept(session.actor)
}
