import type { IncomingMessage } from 'node:http'

import type { Refusal } from '../outcome.ts'
import { refusal } from './answers.ts'

const URL_LIMIT = 8_192
const HEADER_LIMIT = 100

/**
 * What is wrong with the first lines of a request, before anything is done with it: too long, too
 * many, or a host named twice. Whoever stands before us might have read the other one, and the
 * host is the shop (RFC 9112 section 3.2). Undefined when nothing is wrong.
 */
export function faultOfHead({ url = '', rawHeaders }: IncomingMessage): Refusal | undefined {
  if (url.length > URL_LIMIT) return refusal('request.url-too-long')
  if (rawHeaders.length > 2 * HEADER_LIMIT) return refusal('request.too-many-headers')
  let host: string | undefined
  for (let name = 0; name < rawHeaders.length; name += 2) {
    if (!isHost(rawHeaders[name])) continue
    if (host !== undefined) return malformed('it names two hosts')
    host = rawHeaders[name + 1]
  }
  return url.startsWith('/') || url === '*' || isAddressOf(url, host)
    ? undefined
    : malformed('its address is not one of its host')
}

function isHost(name: string | undefined): boolean {
  return name?.length === 4 && name.toLowerCase() === 'host'
}

/** The absolute form, as proxies send it (RFC 9112 section 3.2.2). */
function isAddressOf(url: string, host: string | undefined): boolean {
  const authority = /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]
  return authority !== undefined && authority.toLowerCase() === host?.toLowerCase()
}

function malformed(reason: string): Refusal {
  return refusal('request.malformed', { reason })
}
