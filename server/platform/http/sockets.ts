import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { randomUUID } from 'node:crypto'

import type { Refusal } from '../outcome.ts'
import { PROBLEM_TYPE, refusal } from './answers.ts'
import type { ProblemBook } from './problems.ts'

/** What Node says when it could not parse; the packet is there only when parsing failed. */
interface ClientError extends Error {
  readonly code?: string
  readonly rawPacket?: unknown
}

/**
 * Answers what never becomes a request: bytes that are no HTTP, headers without end, a client that
 * sends a byte a second. Node would send an empty 400 or hang up; here it is a problem document.
 */
export function answerBrokenHttp(book: ProblemBook): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    refuseOnSocket(socket, book, refusalOf(error))
  }
}

/** Writes a problem document where there is nothing yet that would write it, and hangs up. */
function refuseOnSocket(socket: Socket, book: ProblemBook, refused: Refusal): void {
  const problem = book.problem(refused, randomUUID())
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\n` +
      `content-type: ${PROBLEM_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n` +
      'cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n' +
      body,
    // Whoever keeps sending would otherwise keep the socket.
    () => socket.destroySoon(),
  )
}

function refusalOf(error: ClientError): Refusal {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW': {
      const { rawPacket } = error
      const start = Buffer.isBuffer(rawPacket) ? rawPacket.subarray(0, 8_192) : Buffer.alloc(0)
      const stillInAddress = start.length === 8_192 && !start.includes('\n')
      return refusal(stillInAddress ? 'request.url-too-long' : 'request.too-many-headers')
    }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refusal('request.timeout')
    case 'HPE_INVALID_METHOD':
      return refusal('request.malformed', { reason: 'it does not begin with a method' })
    default:
      return refusal('request.malformed', { reason: 'it breaks the rules of HTTP/1.1' })
  }
}

/**
 * Answers what Node takes out of a server's hands before it is a request of ours: `Expect:` with
 * anything but `100-continue` (RFC 9110 section 10.1.1), and `CONNECT`, on which it would hang up.
 */
export function answerExpectations(server: Server, book: ProblemBook): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const problem = book.problem(refusal('request.unsupported-expectation'), randomUUID())
    const body = JSON.stringify(problem)
    response.writeHead(problem.status, {
      'content-type': PROBLEM_TYPE,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    response.end(body)
  })
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy())
    refuseOnSocket(socket, book, refusal('request.malformed', { reason: 'this is no proxy' }))
  })
}
