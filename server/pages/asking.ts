import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { SessionBox } from './contract.ts'
import { askInProcess, type Asker } from './in-process.ts'
import type { Refresh, Renewal } from './renewal.ts'
import { nobody } from './session.ts'

/** The API was asked for a new pair of tokens and could not say. */
class NoAnswer extends Error {
  readonly response: Response

  constructor(response: Response) {
    super('The API could not renew a session.')
    this.response = response
  }
}

/**
 * Asks the API of this process as the person who came, with a token that holds: it is renewed just
 * before it ends, and once more when the API does not believe it.
 */
export async function askAs(
  fastify: FastifyInstance,
  renewal: Renewal,
  { request, session }: { readonly request: FastifyRequest; readonly session: SessionBox },
  asked: Request,
): Promise<Response> {
  const { host, ip } = request
  const userAgent = request.headers['user-agent']
  const asker: Asker = { host, ip, ...(userAgent === undefined ? {} : { userAgent }) }
  if (session === nobody) return askInProcess(fastify, asked, asker)
  const refresh: Refresh = (token) => refreshed(fastify, asked.url, asker, token)
  try {
    const accessToken = await renewal.tokenOf(session, refresh)
    // A body is read once: what may be asked again is kept.
    const again = accessToken === undefined ? undefined : asked.clone()
    const response = await askInProcess(fastify, asked, { ...asker, accessToken })
    if (again === undefined || !(await isDisbelieved(response))) return response
    const other = await renewal.tokenOf(session, refresh, accessToken)
    return await askInProcess(fastify, again, { ...asker, accessToken: other })
  } catch (error) {
    if (error instanceof NoAnswer) return error.response.clone()
    throw error
  }
}

async function isDisbelieved(response: Response): Promise<boolean> {
  if (response.status !== 401) return false
  const { code } = (await response.clone().json()) as { readonly code?: string }
  return code === 'auth.token-invalid'
}

async function refreshed(
  fastify: FastifyInstance,
  url: string,
  asker: Asker,
  refreshToken: string,
): Promise<Awaited<ReturnType<Refresh>>> {
  const asked = new Request(new URL('/api/v1/users/refresh', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  })
  const response = await askInProcess(fastify, asked, asker)
  if (response.status === 401) return 'ended'
  if (!response.ok) throw new NoAnswer(response)
  const { accessToken, refreshToken: next } = (await response.json()) as Record<string, string>
  return { accessToken: accessToken ?? '', refreshToken: next ?? '' }
}
