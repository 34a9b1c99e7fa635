import { Buffer } from 'node:buffer'

import type { HttpAnswer } from './connection.ts'

/**
 * What a load is made of: a module with a named export `scenario`, for example
 * (`Scenario<{ sku: string }>` when it takes options)
 *
 *     export const scenario: Scenario = ({ prepare }) => {
 *       const list = prepare({ method: 'GET', path: '/api/v1/products' })
 *       return async (client) => {
 *         const page = await client.send('list', list)
 *         const { items } = JSON.parse(page.body)
 *         const seen = await client.send('view', { method: 'GET', path: `/api/v1/products/${items[0].id}` })
 *         return seen.status === 200 ? 'seen' : 'lost'
 *       }
 *     }
 *
 * The outer function runs once per load process, the inner one again and again in every client.
 */
export type Scenario<Options = unknown> = (run: Run<Options>) => Turn | Promise<Turn>

/** One turn of one client. What it returns is counted; what it throws is an error and counted too. */
export type Turn = (client: Client) => Promise<string | void>

export interface Run<Options = unknown> {
  /** Whatever the benchmark passed as `options`. */
  readonly options: Options
  /** Writes a request down once, for requests that never change. */
  prepare(request: RequestParts, keepBody?: boolean): Prepared
}

export interface Client {
  /** From 0, unique over all load processes. */
  readonly number: number
  /** How many turns this client has begun before this one. */
  readonly turn: number
  /** Sends, waits for the answer and counts it under `step` by status and duration. */
  send(step: string, request: RequestParts | Prepared): Promise<HttpAnswer>
}

export interface RequestParts {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON. */
  readonly body?: unknown
}

export interface Prepared {
  readonly bytes: Buffer
  readonly keepBody: boolean
}

/** A request as it goes over the wire. `headers` of the parts win over the common ones. */
export function writeRequest(
  parts: RequestParts,
  common: Readonly<Record<string, string>>,
): string {
  const headers: Record<string, string> = parts.headers ? { ...common, ...parts.headers } : common
  let text = `${parts.method} ${parts.path} HTTP/1.1\r\n`
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`
  if (parts.body === undefined) {
    return parts.method === 'GET' ? `${text}\r\n` : `${text}Content-Length: 0\r\n\r\n`
  }
  const body = typeof parts.body === 'string' ? parts.body : JSON.stringify(parts.body)
  return `${text}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
