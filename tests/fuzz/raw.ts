/** Requests as bytes that no client of good faith would send. */
import type { Abuse, Message } from './abuse.ts'
import { ADDRESSES } from './abuses/addresses.ts'
import { BODIES } from './abuses/bodies.ts'
import { FRAMES } from './abuses/frames.ts'
import { HEADERS } from './abuses/headers.ts'
import type { Filled } from './spoil.ts'
import type { Expected } from './judge.ts'
import type { Bytes } from './wire.ts'

export interface Raw extends Bytes {
  readonly what: string
  readonly expected: Expected
}

/** The path with its places filled, and the query. */
export function targetOf({ operation, path, query }: Filled): string {
  const bare = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  )
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )
  return pairs.length === 0 ? bare : `${bare}?${pairs.join('&')}`
}

export function messageOf(filled: Filled, host: string): Message {
  const { operation, headers, body, signed } = filled
  const text = signed ?? (body === undefined ? '' : JSON.stringify(body))
  const its: (readonly [string, string])[] = [['host', host], ...Object.entries(headers)]
  if (operation.method !== 'GET') {
    if (text !== '' && headers['content-type'] === undefined) {
      its.push(['content-type', 'application/json'])
    }
    its.push(['content-length', String(Buffer.byteLength(text))])
  }
  return {
    method: operation.method,
    target: targetOf(filled),
    version: 'HTTP/1.1',
    headers: its,
    body: operation.method === 'GET' ? Buffer.alloc(0) : Buffer.from(text),
  }
}

export function bytesOf({ method, target, version, headers, body }: Message): Buffer {
  const head = [
    `${method} ${target} ${version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

/** `isFile`: its body may be anything, so no body is wrong. */
export function rawOf(message: Message, how: number, where: number, isFile: boolean): Raw {
  const hasBody = message.method !== 'GET' && !isFile
  const fitting = ABUSES.filter(({ needsBody = false }) => hasBody || !needsBody)
  const abuse = fitting[how % fitting.length]!
  const spoilt: Message = { ...message, headers: [...message.headers] }
  abuse.act(spoilt, where)
  const bytes = bytesOf(spoilt)
  return {
    what: abuse.what,
    bytes: abuse.bytes?.(bytes, where) ?? bytes,
    isHead: spoilt.method === 'HEAD',
    expected: abuse.expected ?? 'well-formed',
    ...(abuse.hangUp === undefined ? {} : { hangUp: abuse.hangUp }),
  }
}

const ABUSES: readonly Abuse[] = [...BODIES, ...ADDRESSES, ...HEADERS, ...FRAMES]
