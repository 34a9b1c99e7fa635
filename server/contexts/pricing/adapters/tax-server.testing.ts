import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { RateAnswer, RateQuestion } from '../provider.ts'

/** How the server answers; all but the first are what a provider must not do. */
export type Behavior =
  | 'well'
  | 'silent'
  | 'broken'
  | 'no-json'
  | 'nothing'
  | 'too-much'
  | 'redirecting'
  | 'negative'
  | 'above-all'
  | 'fraction'
  | 'nameless'
  | 'control'
  | 'zoneless'
  | 'talkative'

const standard = { category: 'standard', name: 'VAT', partsPerMillion: 190_000 }

/** What is wrong in an answer of the right form. */
const WRONG: Partial<Record<Behavior, unknown>> = {
  nothing: {},
  negative: { zone: 'de', rates: [{ ...standard, partsPerMillion: -1 }] },
  'above-all': { zone: 'de', rates: [{ ...standard, partsPerMillion: 1_000_001 }] },
  fraction: { zone: 'de', rates: [{ ...standard, partsPerMillion: 0.5 }] },
  nameless: { zone: 'de', rates: [{ ...standard, name: undefined }] },
  control: { zone: 'de', rates: [{ ...standard, name: 'V\u0000AT' }] },
  zoneless: { rates: [standard] },
  talkative: { zone: 'de', rates: [standard, { ...standard, category: 'other' }] },
}

/** A tax provider on a port of its own, as `http-taxes.ts` documents it. */
export class TaxServer {
  behave: Behavior = 'well'
  asked = 0
  /** The last question as it came. */
  last: unknown
  private readonly server: Server
  private readonly answer: (question: RateQuestion) => RateAnswer

  private constructor(answer: (question: RateQuestion) => RateAnswer) {
    this.answer = answer
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        this.asked += 1
        if (request.method !== 'POST' || request.url !== '/v1/rates') {
          response.writeHead(404).end()
          return
        }
        this.reply(Buffer.concat(chunks).toString('utf8'), response)
      })
    })
  }

  static async start(answer: (question: RateQuestion) => RateAnswer): Promise<TaxServer> {
    const made = new TaxServer(answer)
    made.server.listen(0, '127.0.0.1')
    await once(made.server, 'listening')
    return made
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  private reply(text: string, response: ServerResponse): void {
    this.last = JSON.parse(text)
    if (this.behave === 'silent') return
    if (this.behave === 'broken') {
      response.writeHead(500).end()
      return
    }
    if (this.behave === 'redirecting') {
      response.writeHead(307, { location: '/elsewhere' }).end()
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    if (this.behave === 'no-json') response.end('<html>')
    else if (this.behave === 'too-much')
      response.end(JSON.stringify(this.told()) + ' '.repeat(70_000))
    else response.end(JSON.stringify(WRONG[this.behave] ?? this.told()))
  }

  private told(): unknown {
    const { at, ...question } = this.last as RateQuestion & { readonly at: unknown }
    const { zone, rates } = this.answer({ ...question, at: Date.parse(String(at)) })
    const list = Object.entries(rates).map(([category, rate]) => ({ category, ...rate }))
    return { zone, rates: list }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }
}
