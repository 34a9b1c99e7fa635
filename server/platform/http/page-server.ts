import type { FastifyReply, FastifyRequest } from 'fastify'

/** Serves what is no address of the API. */
export interface PageServer {
  /** False where there is no shop by this host name. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
}
