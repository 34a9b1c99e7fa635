import type { FastifyInstance } from 'fastify'

/** Long enough for any answer, short enough for a rolling restart (requirement R16: 10 s). */
const DRAIN_SECONDS = 8

/** Closes once, however often it is called. */
export function closer(fastify: FastifyInstance): () => Promise<void> {
  let closed: Promise<void> | undefined
  const { server } = fastify
  async function closeAll(): Promise<void> {
    const lastCall = setTimeout(() => server.closeAllConnections(), DRAIN_SECONDS * 1000)
    // A kept-alive connection becomes idle when its last answer is out, and no one else hangs up.
    const hangUp = setInterval(() => server.closeIdleConnections(), 50)
    await fastify.close()
    clearTimeout(lastCall)
    clearInterval(hangUp)
  }
  return () => (closed ??= closeAll())
}
