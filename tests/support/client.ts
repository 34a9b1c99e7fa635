import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Answer<T> {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Parsed when it is JSON, else its text. */
  readonly body: T
  /** As it came. */
  readonly text: string
}

/** What a refused request is answered with (RFC 9457). */
export interface Problem {
  readonly code: string
  readonly title: string
  readonly detail?: string
}

export interface Asking {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as `Idempotency-Key`. */
  readonly key?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Nothing in a test waits longer for an answer. */
const TIMEOUT_MS = 30_000

/** How long `persist` goes on; a test that needs longer has lost its server. */
const PERSIST_SECONDS = 60

/**
 * Asks one shop over kept-alive connections, many at once: cheap enough for thousands of requests a
 * second beside the server under test. A lost connection rejects; see `persist`.
 */
export class Client {
  private readonly urls: readonly URL[]
  private readonly turn = { next: 0 }
  private readonly agent: Agent
  private readonly headers: Readonly<Record<string, string>>
  private readonly reopening: { wait: Promise<void> | undefined } = { wait: undefined }
  private readonly persistSeconds: number

  /**
   * @param urls Where it asks: of several in turn, as a balancer does that knows nothing of them.
   * @param host The shop's host name: `demo.localhost`.
   * @param connections To each of them.
   * @param persistSeconds How long `persist` goes on with one request.
   */
  constructor(
    urls: string | readonly string[],
    host: string,
    { connections = 128, persistSeconds = PERSIST_SECONDS } = {},
  ) {
    this.persistSeconds = persistSeconds
    this.urls = [urls].flat().map((url) => new URL(url))
    this.agent = new Agent({ keepAlive: true, maxSockets: connections })
    this.headers = { host: `${host}:${this.urls[0]?.port}` }
  }

  /** The same connections with further headers: a token, a language. */
  with(headers: Readonly<Record<string, string>>): Client {
    const client = Object.create(this) as Client
    return Object.assign(client, { headers: { ...this.headers, ...headers } })
  }

  /** What it shows as `Authorization`, for a client of another process. */
  get authorization(): string {
    return this.headers['authorization'] ?? ''
  }

  get<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
    return this.ask('GET', path, asking)
  }

  post<T>(path: string, body?: unknown, asking: Asking = {}): Promise<Answer<T>> {
    return this.ask('POST', path, { ...asking, body })
  }

  patch<T>(path: string, body?: unknown, asking: Asking = {}): Promise<Answer<T>> {
    return this.ask('PATCH', path, { ...asking, body })
  }

  delete<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
    return this.ask('DELETE', path, asking)
  }

  /** A string as body is sent as it is, so that broken JSON can be sent too. */
  ask<T>(method: Method, path: string, { body, headers, key }: Asking = {}): Promise<Answer<T>> {
    const url = this.urls[this.turn.next++ % this.urls.length]!
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const sent = request({
        agent: this.agent,
        host: url.hostname,
        port: url.port,
        method,
        path,
        timeout: TIMEOUT_MS,
        headers: {
          ...this.headers,
          ...(text === '' ? {} : { 'content-type': 'application/json' }),
          ...(method === 'GET' ? {} : { 'content-length': Buffer.byteLength(text) }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...headers,
        },
      })
      sent.on('error', reject)
      sent.on('timeout', () => sent.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)))
      sent.on('response', (response) => {
        let said = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (said += part))
        response.on('error', reject)
        response.on('end', () => {
          const isJson = /[/+]json/.test(response.headers['content-type'] ?? '')
          const { statusCode: status = 0, headers: head } = response
          resolve({
            status,
            headers: head,
            body: (isJson && said !== '' ? JSON.parse(said) : said) as T,
            text: said,
          })
        })
      })
      sent.end(text)
    })
  }

  /**
   * Asks as a good client does: the same request under the same key until somebody answers it with
   * anything but 503. Returns the answer and how often it was asked.
   */
  async persist<T>(
    method: Method,
    path: string,
    asking: Asking = {},
  ): Promise<Answer<T> & { readonly tries: number }> {
    const deadline = performance.now() + this.persistSeconds * 1000
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await this.ask<T>(method, path, asking)
        if (answer.status !== 503 || performance.now() > deadline) return { ...answer, tries }
        await sleep(50 + Math.random() * 100)
      } catch (error) {
        if (performance.now() > deadline) throw error
        await this.untilOpen()
      }
    }
  }

  /** One look-out for all who wait: hundreds would leave a server no processor to start on. */
  private untilOpen(): Promise<void> {
    this.reopening.wait ??= this.lookOut().finally(() => (this.reopening.wait = undefined))
    return this.reopening.wait
  }

  private async lookOut(): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      await sleep(20)
      const { hostname: host, port } = this.urls[turn % this.urls.length]!
      const socket = connect({ host, port: Number(port) })
      const isOpen = await once(socket, 'connect').then(
        () => true,
        () => false,
      )
      socket.destroy()
      if (isOpen) return
    }
  }

  /** Closes all connections, also those of clients made by `with`. */
  close(): void {
    this.agent.destroy()
  }
}
