/** An open page: a WebSocket client (RFC 6455) that can be slow, rude, or of another origin. */
import { randomBytes } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was heard of a product, or of a message that was refused. */
export interface Heard {
  readonly productId?: string
  readonly version?: number
  readonly price?: { readonly amount: number; readonly currency: string }
  readonly availability?: string
  readonly variants?: readonly { readonly sku: string; readonly availability: string }[]
  readonly position?: string
  readonly gone?: true
  readonly error?: { readonly code: string; readonly [fact: string]: unknown }
}

export interface PageOptions {
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
}

const TEXT = 1
const CLOSE = 8
const PING = 9
const PONG = 10

/** Opens a page at the address of a process; throws the status of the answer that refuses it. */
export async function openPage(url: string, options: PageOptions = {}): Promise<LivePage> {
  const { hostname, port } = new URL(url)
  const { host = 'demo.localhost', headers = {} } = options
  const asking = request({
    // A connection that was refused is closed, whatever its answer says.
    agent: false,
    host: hostname,
    port,
    path: '/api/v1/live',
    headers: {
      host: `${host}:${port}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...headers,
    },
  })
  asking.end()
  return new Promise((resolve, reject) => {
    asking.on('error', reject)
    asking.on('response', (response: IncomingMessage) => {
      response.resume()
      reject(new Error(`answered ${response.statusCode}`))
    })
    asking.on('upgrade', (_response, socket: Socket, head: Buffer) => {
      resolve(new LivePage(socket, head))
    })
  })
}

export class LivePage {
  readonly heard: Heard[] = []
  /** When each was heard, by `performance.now()`. */
  readonly at: number[] = []
  closed: { readonly code: number; readonly reason: string } | undefined
  readonly socket: Socket
  private rest: Buffer

  constructor(socket: Socket, head: Buffer) {
    this.socket = socket
    this.rest = head
    socket.on('data', (part: Buffer) => this.take(part))
    socket.on('error', () => (this.closed ??= { code: 1006, reason: 'reset' }))
    socket.on('close', () => (this.closed ??= { code: 1006, reason: 'cut' }))
    this.take(Buffer.alloc(0))
  }

  send(message: unknown): void {
    this.frame(TEXT, Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)))
  }

  /** The first thing heard, from `from` on, that fits; throws when nothing has within the time. */
  async next(fits: (heard: Heard) => boolean, from = 0, ms = 5_000): Promise<Heard> {
    const until = performance.now() + ms
    for (;;) {
      const found = this.heard.slice(from).find(fits)
      if (found !== undefined) return found
      if (performance.now() > until || this.closed !== undefined) {
        const told = JSON.stringify([this.closed, this.heard.slice(from).slice(-5)])
        throw new Error(`nothing that fits was heard in ${ms} ms: ${told}`)
      }
      await sleep(2)
    }
  }

  async untilClosed(): Promise<{ readonly code: number; readonly reason: string }> {
    while (this.closed === undefined) await sleep(2)
    return this.closed
  }

  close(): void {
    this.socket.destroy()
  }

  private frame(kind: number, data: Buffer): void {
    const mask = randomBytes(4)
    const masked = data.map((byte, at) => byte ^ (mask[at % 4] ?? 0))
    const head =
      data.length < 126
        ? Buffer.from([0x80 | kind, 0x80 | data.length])
        : Buffer.from([0x80 | kind, 0x80 | 126, data.length >> 8, data.length & 0xff])
    this.socket.write(Buffer.concat([head, mask, masked]))
  }

  private take(part: Buffer): void {
    this.rest = Buffer.concat([this.rest, part])
    while (this.rest.length >= 2) {
      const kind = (this.rest[0] ?? 0) & 0x0f
      const short = (this.rest[1] ?? 0) & 0x7f
      if (short === 127) throw new Error('no message is that long')
      const start = short === 126 ? 4 : 2
      if (this.rest.length < start) return
      const length = short === 126 ? this.rest.readUInt16BE(2) : short
      if (this.rest.length < start + length) return
      this.hear(kind, this.rest.subarray(start, start + length))
      this.rest = this.rest.subarray(start + length)
    }
  }

  private hear(kind: number, data: Buffer): void {
    if (kind === TEXT) {
      this.heard.push(JSON.parse(String(data)) as Heard)
      this.at.push(performance.now())
    } else if (kind === PING) this.frame(PONG, data)
    else if (kind === CLOSE) {
      const code = data.length >= 2 ? data.readUInt16BE(0) : 1005
      this.closed = { code, reason: String(data.subarray(2)) }
      this.frame(CLOSE, data.subarray(0, 2))
      this.socket.end()
    }
  }
}
