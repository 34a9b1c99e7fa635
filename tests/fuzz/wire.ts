/** HTTP/1.1 as bytes over a socket, so that anything can be sent and nothing is put right on its way. */
import { connect, type Socket } from 'node:net'

/** What came back. */
export interface Heard {
  /** 0 when the other side hung up without a word. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly ms: number
  /** The longest time without a byte, from the request to the end of the answer. */
  readonly silentMs: number
}

type Answer = Omit<Heard, 'ms' | 'silentMs'>

/** A request as it goes over the wire, and what is needed to read the answer. */
export interface Bytes {
  readonly bytes: Buffer
  readonly isHead?: boolean
  /** The connection is hung up so soon after sending that no answer is waited for. */
  readonly hangUp?: 'politely' | 'rudely'
}

/** No answer may take so long; what takes longer has none. */
const PATIENCE_MS = 20_000

/** One connection that is kept, as a browser keeps it, and others for what might break it. */
export class Line {
  private readonly port: number
  private kept: Socket | undefined

  constructor(port: number) {
    this.port = port
  }

  /** Sends over the kept connection. One request at a time. */
  async ask(request: Bytes): Promise<Heard> {
    const socket = this.kept?.writable === true ? this.kept : this.open()
    this.kept = socket
    const heard = await exchange(socket, request)
    // The server may hang up on a kept connection whenever it likes; the next begins another.
    if (heard.headers['connection'] === 'close' || heard.status === 0 || heard.status === 101) {
      this.close()
    }
    return heard
  }

  /** Sends over a connection of its own. */
  async askAlone(request: Bytes): Promise<Heard> {
    const socket = this.open()
    try {
      return await exchange(socket, request)
    } finally {
      socket.destroy()
    }
  }

  close(): void {
    this.kept?.destroy()
    this.kept = undefined
  }

  private open(): Socket {
    const socket = connect({ host: '127.0.0.1', port: this.port, noDelay: true })
    // What breaks while nobody waits shows itself to the next who writes.
    socket.on('error', () => socket.destroy())
    return socket
  }
}

function exchange(socket: Socket, { bytes, isHead = false, hangUp }: Bytes): Promise<Heard> {
  const since = performance.now()
  return new Promise((resolve) => {
    let said = Buffer.alloc(0)
    let silentMs = 0
    let lastAt = since
    const heardOf = (): void => {
      const now = performance.now()
      silentMs = Math.max(silentMs, now - lastAt)
      lastAt = now
    }
    const end = (heard: Answer): void => {
      clearTimeout(late)
      socket.removeListener('data', onData)
      socket.removeListener('close', onClose)
      heardOf()
      resolve({ ...heard, ms: performance.now() - since, silentMs })
    }
    const nothing = { status: 0, headers: {}, text: '' }
    const onData = (part: Buffer): void => {
      heardOf()
      said = Buffer.concat([said, part])
      const heard = parse(said, isHead, false)
      if (heard !== undefined) end(heard)
    }
    const onClose = (): void => end(parse(said, isHead, true) ?? nothing)
    const late = setTimeout(() => {
      socket.destroy()
      end(nothing)
    }, PATIENCE_MS)
    socket.on('data', onData)
    socket.on('close', onClose)
    if (hangUp === undefined) socket.write(bytes)
    else {
      socket.write(bytes, () => (hangUp === 'rudely' ? socket.resetAndDestroy() : socket.end()))
    }
  })
}

/** The first whole answer in what was said so far; at the end, whatever there is. */
function parse(said: Buffer, isHead: boolean, isOver: boolean): Answer | undefined {
  const end = said.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first = '', ...lines] = said.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? Number.NaN)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const at = line.indexOf(':')
    headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim()
  }
  const rest = said.subarray(end + 4)
  // From here on it is another protocol.
  if (status === 101) return { status, headers, text: '' }
  if (status >= 100 && status < 200) return parse(rest, isHead, isOver)
  if (isHead || status === 204 || status === 304) return { status, headers, text: '' }
  if (headers['transfer-encoding'] === 'chunked') {
    const text = unchunked(rest)
    return text === undefined && !isOver ? undefined : { status, headers, text: text ?? '' }
  }
  const length = Number(headers['content-length'] ?? (isOver ? rest.length : Infinity))
  if (rest.length < length && !isOver) return undefined
  return { status, headers, text: rest.subarray(0, length).toString('utf8') }
}

function unchunked(bytes: Buffer): string | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at)
    if (line === -1) return undefined
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16)
    if (size === 0) return Buffer.concat(parts).toString('utf8')
    if (line + 2 + size + 2 > bytes.length) return undefined
    parts.push(bytes.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
