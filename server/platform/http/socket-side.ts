/** What a context sees of connections that stay open (RFC 6455). */
import type { Outcome } from '../outcome.ts'
import type { Tenant } from '../tenants.ts'

/** What a route knows of who wants to open a connection; nobody's token travels with it. */
export interface SocketRequest {
  readonly tenant: Tenant
  readonly ip: string
  readonly header: (name: string) => string | undefined
}

/** One open connection, as far as a context sees it. */
export interface OpenSocket {
  send(text: string): void
  /** Bytes that were sent and that nobody has taken yet. */
  readonly waitingBytes: number
  /** Says why (RFC 6455 section 7.4) and hangs up soon. */
  close(code: number, reason: string): void
  /** Hangs up at once. */
  cut(): void
  /** Asks whether somebody is there. */
  ping(): void
  onMessage(heard: (text: string) => void): void
  /** Somebody is there: any message, or an answer to a ping. */
  onLife(heard: () => void): void
  onClose(heard: () => void): void
}

/** What makes a GET route one that opens connections. */
export interface SocketSide {
  /** Before the connection is opened: a refusal is an answer of HTTP. */
  admit(request: SocketRequest): Outcome<void>
  open(socket: OpenSocket, request: SocketRequest): void
}
