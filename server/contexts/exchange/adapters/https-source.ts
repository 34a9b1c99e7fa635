/**
 * Tables over HTTPS from addresses that people type in. Whoever may type one could make the server ask
 * its own neighbors (SSRF), so the parsed host is checked, never the text; a name is resolved once, and
 * what it resolves to is checked and connected to in one step, so that no second answer of a resolver
 * is ever believed (RELIABILITY.md section 8).
 */
import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

import { accept, refuse } from '#platform/outcome'
import type { Waiting } from '#platform/waiting'

import { LONGEST_URL, SourceBroke } from '../domain/source.ts'
import type { SourceFault, TableSource } from '../provider.ts'
import { isPublic } from './addresses.ts'

interface Resolved {
  readonly address: string
  readonly family: number
}

export interface HttpsSourceOptions {
  readonly waiting: Waiting
  /** `host:port` of neighbors that are asked all the same, also by plain HTTP. */
  readonly ownHosts: readonly string[]
  /** Instead of the system's resolver, for tests. */
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>
  /** How long it may say nothing, and how long all of it may take. */
  readonly silenceMs?: number
  readonly totalMs?: number
}

const PORTS = new Set(['', '443', '8443'])
const MOST_REDIRECTS = 3

const ENDLESS: SourceFault = {
  code: 'exchange.source-redirects',
  reason: `It leads on and on, more than ${MOST_REDIRECTS} times.`,
  mayRecover: false,
}

/** Names that machines have among themselves (RFC 6761, 6762, 8375, 9476); resolvers may know them. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|alt|home\.arpa)$/

export function httpsSource(options: HttpsSourceOptions): TableSource {
  const { ownHosts, totalMs = 600_000, waiting } = options
  const isOwn = (url: URL): boolean =>
    ownHosts.includes(`${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`)
  const fault = (text: string): SourceFault | undefined => {
    const url = text.length <= LONGEST_URL && URL.canParse(text) ? new URL(text) : undefined
    return url === undefined ? forbidden('This is no address.') : faultOf(url, isOwn(url))
  }

  return {
    fault,
    async fetch(text) {
      const stop = new AbortController()
      const inTime = waiting.after(totalMs, () =>
        stop.abort(new SourceBroke(silent(`All of it took more than ${totalMs / 1000} s.`))),
      )
      const follow = async (url: string, hops: number): Promise<Readable | SourceFault> => {
        const found = hops > MOST_REDIRECTS ? ENDLESS : fault(url)
        if (found !== undefined) return found
        const target = new URL(url)
        const answer = await ask(target, isOwn(target), stop.signal, options)
        const next = redirectOf(answer, target)
        const read = next === undefined ? readOf(answer) : undefined
        if (read === undefined || 'code' in read) answer.destroy()
        return read ?? follow(next ?? '', hops + 1)
      }
      const read = await follow(text, 0).catch(faultIn)
      if (!('code' in read)) return accept(bytesOf(read, inTime))
      inTime()
      return refuse(read)
    },
  }
}

/** Why an address is not asked, by what its parser made of it. */
function faultOf(url: URL, isOwn: boolean): SourceFault | undefined {
  const { protocol, hostname, port, username, password } = url
  if (protocol !== 'https:' && !(isOwn && protocol === 'http:')) {
    return forbidden('Only addresses that begin with https:// are asked.')
  }
  if (username !== '' || password !== '') {
    return forbidden('Name no user and no password in the address.')
  }
  if (isOwn) return undefined
  if (!PORTS.has(port)) return forbidden('Only the ports 443 and 8443 are asked.')
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(host) !== 0) return isPublic(host) ? undefined : notPublic()
  return host.includes('.') && !LOCAL_NAME.test(host) ? undefined : notPublic()
}

/** Where a name leads. One that is not public is one too many: who mixes them means us no good. */
async function placesOf(
  host: string,
  isOwn: boolean,
  signal: AbortSignal,
  { resolve = (name) => lookup(name, { all: true }) }: HttpsSourceOptions,
): Promise<readonly Resolved[]> {
  // The system's resolver cannot be called off.
  const stopped = new Promise<never>((_, failed) => {
    signal.addEventListener('abort', () => failed(signal.reason as Error))
  })
  const found = await Promise.race([resolve(host), stopped])
  const isFine = found.length > 0 && (isOwn || found.every(({ address }) => isPublic(address)))
  if (!isFine) throw new SourceBroke(notPublic())
  return found
}

async function ask(
  url: URL,
  isOwn: boolean,
  signal: AbortSignal,
  options: HttpsSourceOptions,
): Promise<IncomingMessage> {
  const { silenceMs = 20_000 } = options
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const places = isIP(host) === 0 ? await placesOf(host, isOwn, signal, options) : []
  // What was checked is what is connected to: nobody is asked again. An address is no name.
  const known: LookupFunction = (_, { all = false }, done) => {
    const [first] = places
    if (all) done(null, [...places])
    else done(null, first?.address ?? '', first?.family)
  }
  return new Promise((heard, failed) => {
    const client = url.protocol === 'http:' ? http : https
    const request = client.get(url, {
      // One connection for one request, none of which another may have opened.
      agent: false,
      lookup: known,
      signal,
      timeout: silenceMs,
      headers: {
        accept:
          'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5',
        'accept-encoding': 'gzip',
        'user-agent': 'Torg',
      },
    })
    request.on('timeout', () =>
      request.destroy(new SourceBroke(silent(`It said nothing for ${silenceMs / 1000} s.`))),
    )
    request.on('socket', (socket) =>
      socket.once('connect', () => {
        // What was checked is what was connected to; were it not, nothing is sent.
        if (!isOwn && !isPublic(socket.remoteAddress ?? '')) {
          socket.destroy(new SourceBroke(notPublic()))
        }
      }),
    )
    request.on('error', failed)
    request.on('response', heard)
  })
}

function redirectOf({ statusCode, headers }: IncomingMessage, from: URL): string | undefined {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(statusCode ?? 0) || location === undefined) {
    return undefined
  }
  return URL.canParse(location, from) ? new URL(location, from).href : location
}

/** The body as it was before it was packed, or why it is none that we read. */
function readOf(answer: IncomingMessage): Readable | SourceFault {
  const { statusCode = 0, headers } = answer
  if (statusCode !== 200) {
    const mayRecover = statusCode >= 500 || [408, 425, 429].includes(statusCode)
    const reason = `It answered ${statusCode}.`
    return { code: 'exchange.source-refused', reason, mayRecover }
  }
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) {
    const reason = 'It answered with a web page, perhaps to sign in.'
    return { code: 'exchange.source-no-table', reason, mayRecover: false }
  }
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return answer
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    const reason = 'It packs its answer in a way that nobody asked for.'
    return { code: 'exchange.source-encoded', reason, mayRecover: false }
  }
  // An error of either ends both, and whoever reads is told.
  return pipeline(answer, createGunzip(), () => undefined)
}

async function* bytesOf(body: Readable, isThere: () => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk as Uint8Array
  } catch (error) {
    throw new SourceBroke(faultIn(error))
  } finally {
    isThere()
    body.destroy()
  }
}

function faultIn(error: unknown): SourceFault {
  // Node wraps what a signal says.
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof SourceBroke) return each.fault
  }
  const { code = 'no reason' } = error as { readonly code?: string }
  if (/^(?:CERT|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code)) {
    const reason = `It does not prove who it is (${code}).`
    return { code: 'exchange.source-untrusted', reason, mayRecover: true }
  }
  if (code === 'ECONNRESET' || code === 'Z_BUF_ERROR') {
    const reason = 'It broke off before its end.'
    return { code: 'exchange.source-broken-off', reason, mayRecover: true }
  }
  if (code.startsWith('Z_')) {
    const reason = 'What it packed cannot be unpacked.'
    return { code: 'exchange.source-encoded', reason, mayRecover: false }
  }
  return silent(`It cannot be reached (${code}).`)
}

function forbidden(reason: string): SourceFault {
  return { code: 'exchange.source-forbidden', reason, mayRecover: false }
}

function notPublic(): SourceFault {
  return forbidden('This is no address that everybody reaches.')
}

function silent(reason: string): SourceFault {
  return { code: 'exchange.source-silent', reason, mayRecover: true }
}
