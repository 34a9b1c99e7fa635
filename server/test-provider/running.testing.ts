/** The program itself, for tests: ends with the block that declares it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./main.ts', import.meta.url))

export class Running implements AsyncDisposable {
  readonly url: string
  readonly child: ChildProcess

  constructor(url: string, child: ChildProcess) {
    this.url = url
    this.child = child
  }

  post(path: string, key: string | undefined, body: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  /** Sets what goes wrong from now on; the answer says what was set. */
  faults(wanted: unknown): Promise<Response> {
    return fetch(`${this.url}/v1/faults`, { method: 'PUT', body: JSON.stringify(wanted) })
  }

  async list(reference?: string): Promise<readonly Answered[]> {
    const query = reference === undefined ? '' : `?reference=${reference}`
    return (await json(await fetch(`${this.url}/v1/charges${query}`))).items
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill(signal)
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGKILL')
  }
}

export async function start(...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [program, '--with-parent', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    return new Running((JSON.parse(line) as { url: string }).url, child)
  }
  throw new Error('The provider ended before it listened.')
}

/** Whatever the provider answers, as far as these tests look. */
export interface Answered {
  readonly id: string
  readonly status: string
  readonly reason?: string
  readonly url: string
  readonly key: string
  readonly createdAt: string
  readonly amountRefunded: number
  readonly items: readonly Answered[]
  readonly error: { readonly code: string }
}

export async function json(response: Response): Promise<Answered> {
  return (await response.json()) as Answered
}

/** A delivery as a shop gets it. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly news: { id: string; type: string; data: { charge: Answered; refund?: Answered } }
}

/** A shop that takes deliveries, or answers what it is told to. */
export class Shop implements AsyncDisposable {
  readonly deliveries: Delivery[] = []
  status = 204
  readonly #server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => (text += part))
    request.on('end', () => {
      const news = JSON.parse(text) as Delivery['news']
      this.deliveries.push({ headers: request.headers, text, news })
      response.writeHead(this.status).end()
    })
  })

  static async open(): Promise<Shop> {
    const shop = new Shop()
    shop.#server.listen(0, '127.0.0.1')
    await once(shop.#server, 'listening')
    return shop
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/news`
  }

  /** Waits until so many have come; never for none that should not. */
  async has(count: number): Promise<readonly Delivery[]> {
    const deadline = performance.now() + 5000
    while (this.deliveries.length < count) {
      if (performance.now() > deadline) {
        throw new Error(`${this.deliveries.length} of ${count} deliveries came`)
      }
      await sleep(5)
    }
    return this.deliveries
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await Promise.resolve()
  }
}

export const shoes = { amount: 129_900, currency: 'UAH', reference: 'payment-1' }
