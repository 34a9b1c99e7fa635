import { Buffer } from 'node:buffer'
import { connect, type Socket } from 'node:net'

/** What came back. The body is text; `''` when the request asked to drop it. */
export interface HttpAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** The value of a header, undefined when there is none. */
export function headerOf(answer: HttpAnswer, name: string): string | undefined {
  const found = new RegExp(`^${name}:[ \t]*(.*)$`, 'im').exec(answer.head)
  return found?.[1]?.trimEnd()
}

/** The connection broke or the answer is not HTTP/1.1. */
export class ConnectionLost extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConnectionLost'
  }
}

const READ_BUFFER_BYTES = 65_536
const HEAD_LIMIT_BYTES = 65_536

/**
 * One HTTP/1.1 keep-alive connection with one request in flight, as cheap as Node allows: the
 * request is one write, the answer is parsed in place in one buffer per connection and only its
 * status, length and wanted body are looked at.
 */
export class Connection {
  readonly #socket: Socket
  #waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | undefined
  #keepBody = true
  #lost: string | undefined

  /** Bytes of an answer that did not come in one piece; a head only until it is complete. */
  #pieces: Buffer[] = []
  #head: { status: number; text: string; chunked: boolean } | undefined
  #missing = 0

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static open(target: { host: string; port: number }): Promise<Connection> {
    return new Promise((resolve, reject) => {
      // Nothing arrives before there is a connection: the callback runs in a later tick.
      const socket: Socket = connect({
        ...target,
        noDelay: true,
        onread: {
          buffer: Buffer.allocUnsafeSlow(READ_BUFFER_BYTES),
          callback: (length, bytes) => {
            connection.#receive(bytes as Buffer, length)
            return true
          },
        },
      })
      const connection = new Connection(socket)
      socket.once('connect', () => resolve(connection))
      socket.once('error', (error) => {
        reject(error)
        connection.#lose(error.message)
      })
      socket.once('close', () => connection.#lose('the server closed the connection'))
      socket.once('end', () => connection.#lose('the server ended the connection'))
    })
  }

  get isOpen(): boolean {
    return this.#lost === undefined
  }

  /** Sends a whole request, head and body, and waits for the whole answer. */
  send(request: string | Buffer, keepBody = true): Promise<HttpAnswer> {
    if (this.#lost !== undefined) return Promise.reject(new ConnectionLost(this.#lost))
    if (this.#waiting !== undefined) throw new Error('One request at a time on one connection.')
    this.#keepBody = keepBody
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      if (typeof request === 'string') this.#socket.write(request, 'utf8')
      else this.#socket.write(request)
    })
  }

  close(): void {
    this.#lose('closed')
  }

  #receive(bytes: Buffer, length: number): void {
    if (this.#head !== undefined) return this.#receiveMore(bytes, length)

    let part = bytes.subarray(0, length)
    if (this.#pieces.length > 0) {
      part = Buffer.concat([...this.#pieces, part])
      this.#pieces = []
    }
    const headEnd = part.indexOf('\r\n\r\n')
    if (headEnd < 0) {
      if (part.length > HEAD_LIMIT_BYTES) return this.#lose('the head of the answer has no end')
      this.#pieces = [Buffer.from(part)]
      return
    }

    const text = part.toString('latin1', 0, headEnd)
    const status = Number(text.slice(9, 12))
    if (!text.startsWith('HTTP/1.1 ') || !(status >= 100)) return this.#lose('not HTTP/1.1')
    const body = part.subarray(headEnd + 4)

    const contentLength = lengthIn(text)
    if (contentLength === undefined && status !== 204 && status !== 304) {
      if (!/^transfer-encoding: *chunked/im.test(text)) return this.#lose('an answer of no length')
      this.#head = { status, text, chunked: true }
      return this.#receiveMore(body, body.length)
    }

    const wanted = status === 204 || status === 304 ? 0 : (contentLength ?? 0)
    if (body.length >= wanted) {
      return this.#answer({
        status,
        head: text,
        body: this.#keepBody ? body.toString('utf8', 0, wanted) : '',
      })
    }
    this.#head = { status, text, chunked: false }
    this.#missing = wanted
    this.#receiveMore(body, body.length)
  }

  #receiveMore(bytes: Buffer, length: number): void {
    const head = this.#head
    if (head === undefined) return
    if (head.chunked) {
      this.#pieces.push(Buffer.from(bytes.subarray(0, length)))
      const body = dechunk(Buffer.concat(this.#pieces))
      if (body !== undefined) this.#finish(head, body)
      return
    }
    if (this.#keepBody) this.#pieces.push(Buffer.from(bytes.subarray(0, length)))
    this.#missing -= length
    if (this.#missing <= 0) this.#finish(head, Buffer.concat(this.#pieces))
  }

  #finish(head: { status: number; text: string }, body: Buffer): void {
    this.#head = undefined
    this.#pieces = []
    this.#answer({
      status: head.status,
      head: head.text,
      body: this.#keepBody ? body.toString('utf8', 0, body.length) : '',
    })
  }

  #answer(answer: HttpAnswer): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }

  #lose(why: string): void {
    if (this.#lost !== undefined) return
    this.#lost = why
    this.#socket.destroy()
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(new ConnectionLost(why))
  }
}

/** Servers write this header in one of two ways; anything else takes the slow way. */
function lengthIn(head: string): number | undefined {
  let at = head.indexOf('\r\nContent-Length: ')
  if (at < 0) at = head.indexOf('\r\ncontent-length: ')
  if (at >= 0) return Number.parseInt(head.slice(at + 18, at + 30), 10)
  const found = /^content-length:\s*(\d+)/im.exec(head)
  return found === null ? undefined : Number(found[1])
}

/** The body of complete chunks (RFC 9112 section 7.1), undefined while some are missing. */
function dechunk(raw: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd), 16)
    const start = lineEnd + 2
    if (raw.length < start + size + 2) return undefined
    if (size === 0) return Buffer.concat(parts)
    parts.push(raw.subarray(start, start + size))
    at = start + size + 2
  }
}
