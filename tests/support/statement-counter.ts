/** Counts what programs ask PostgreSQL, from outside: it listens to the protocol between them. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** What was asked of PostgreSQL in a while. */
export interface Asked {
  /** Each statement it executed, by name; `begin`, `commit` and `set` are statements too. */
  readonly statements: readonly string[]
  /** Times somebody waited. Statements sent before the answers of others came share theirs. */
  readonly roundTrips: number
}

/** Passes everything on between programs and a server, and counts what is executed. */
export class StatementCounter implements AsyncDisposable {
  private readonly server: Server
  private readonly conversations = new Set<Conversation>()
  private statements: string[] = []
  private roundTrips = 0

  private constructor(server: Server) {
    this.server = server
  }

  /** Stands before the PostgreSQL of this address, on this machine. */
  static async before(address: string): Promise<StatementCounter> {
    const server = createServer()
    const counter = new StatementCounter(server)
    const url = new URL(address)
    const port = Number(url.searchParams.get('port') ?? (url.port || 5432))
    server.on('connection', (near) => {
      const far = connect({ host: '127.0.0.1', port })
      const conversation = new Conversation(near, far, {
        executed: (name) => counter.statements.push(name),
        waited: () => (counter.roundTrips += 1),
        ended: () => counter.conversations.delete(conversation),
      })
      counter.conversations.add(conversation)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return counter
  }

  /** The same address by way of the counter. */
  by(address: string): string {
    const url = new URL(address)
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`
    for (const name of ['host', 'port']) url.searchParams.delete(name)
    return url.href
  }

  /** Counts from nothing. */
  begin(): void {
    this.statements = []
    this.roundTrips = 0
  }

  /** What was asked since `begin`, once all of it is answered and nothing more follows by itself. */
  async end(): Promise<Asked> {
    for (let before = -1; ;) {
      const isQuiet = [...this.conversations].every(({ waitsFor }) => waitsFor === 0)
      if (isQuiet && before === this.statements.length) break
      before = this.statements.length
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    return { statements: [...this.statements], roundTrips: this.roundTrips }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { close } of this.conversations) close()
    this.server.close()
    await once(this.server, 'close')
  }
}

interface Heard {
  executed(name: string): void
  waited(): void
  ended(): void
}

/** One connection: a program on the near side, PostgreSQL on the far one. */
class Conversation {
  /** Wishes to be answered (a Sync or a simple query) that have not been. */
  waitsFor = 0
  readonly close: () => void
  private readonly heard: Heard
  /** Prepared statements by name; the one that is executed is the one bound last. */
  private readonly prepared = new Map<string, string>()
  private bound = ''

  constructor(near: Socket, far: Socket, heard: Heard) {
    this.heard = heard
    this.close = () => {
      near.destroy()
      far.destroy()
    }
    const asked = messages('startup', (type, body) => this.ask(type, body))
    const said = messages('typed', (type) => {
      if (type === READY && this.waitsFor > 0) this.waitsFor -= 1
    })
    for (const [from, to, listen] of [
      [near, far, asked],
      [far, near, said],
    ] as const) {
      from.setNoDelay(true)
      from.on('error', this.close)
      from.on('close', () => {
        this.close()
        heard.ended()
      })
      from.on('data', (bytes: Buffer) => {
        listen(bytes)
        to.write(bytes)
      })
    }
  }

  private ask(type: string, body: Buffer): void {
    const [first = '', second = ''] = body.toString('utf8').split('\0', 2)
    if (type === PARSE) this.prepared.set(first, first === '' ? second : first)
    if (type === BIND) this.bound = this.prepared.get(second) ?? second
    if (type === EXECUTE) this.execute(this.bound)
    if (type === QUERY) this.execute(first)
    if (type === SYNC || type === QUERY) this.waitsFor += 1
  }

  private execute(name: string): void {
    // The end of the log is read every 50 ms, whoever asks what.
    if (name.startsWith('tail.')) return
    this.heard.executed(name)
    if (this.waitsFor === 0) this.heard.waited()
  }
}

/** Types of messages (PostgreSQL 18, 54.7): what programs send, and what ends an answer. */
const [PARSE, BIND, EXECUTE, SYNC, QUERY, READY] = ['P', 'B', 'E', 'S', 'Q', 'Z']

/** Cuts a stream of bytes into messages. Only a program's first has no type. */
function messages(
  begins: 'startup' | 'typed',
  hear: (type: string, body: Buffer) => void,
): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let typed = begins === 'typed' ? 1 : 0
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    let from = 0
    while (rest.length >= from + typed + 4) {
      const end = from + typed + rest.readInt32BE(from + typed)
      if (rest.length < end) break
      const type = typed === 0 ? '' : String.fromCharCode(rest[from] ?? 0)
      hear(type, rest.subarray(from + typed + 4, end))
      typed = 1
      from = end
    }
    rest = rest.subarray(from)
  }
}
