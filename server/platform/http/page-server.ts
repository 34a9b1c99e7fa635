import type { FastifyReply, FastifyRequest } from 'fastify'

/** Serves what is no address of the API. */
export interface PageServer {
  /** False where there is no shop by this host name. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
  /** What a person is shown when there can be no page: it needs neither the shop nor the database. */
  instead(
    request: FastifyRequest,
    status: number,
  ): { readonly headers: Readonly<Record<string, string>>; readonly html: string }
}
