/** A stretch of network between two programs that a test can cut or make silent. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** `cut`: nobody is there. `silent`: what is sent is taken and nothing comes back. */
export type WireState = 'open' | 'cut' | 'silent'

/** Passes bytes on between a port of its own and another program's, until told otherwise. */
export class Wire implements AsyncDisposable {
  private state: WireState = 'open'
  private readonly server: Server
  private readonly sockets = new Set<Socket>()

  private constructor(server: Server) {
    this.server = server
  }

  /** Lays a wire to a program of this machine that listens at this address. */
  static async to(address: string): Promise<Wire> {
    const server = createServer()
    const wire = new Wire(server)
    const end = endOf(new URL(address))
    server.on('connection', (near) => wire.join(near, connect(end)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return wire
  }

  /** The same address at the near end. */
  over(address: string): string {
    const url = new URL(address)
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`
    for (const name of ['host', 'port']) url.searchParams.delete(name)
    return url.href.replace(/\/$/, '')
  }

  /** Holds from now on, for connections that are open too. */
  set(state: WireState): void {
    this.state = state
    for (const socket of this.sockets) {
      if (state === 'cut') socket.destroy()
      else if (state === 'silent') socket.pause()
      else socket.resume()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.server.close()
    await once(this.server, 'close')
  }

  private join(near: Socket, far: Socket): void {
    if (this.state === 'cut') {
      near.resetAndDestroy()
      far.destroy()
      return
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from)
      from.setNoDelay(true)
      // One end that breaks breaks the other: that is all a wire knows of errors.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.sockets.delete(from)
        to.destroy()
      })
      from.on('data', (bytes) => {
        if (to.write(bytes) || this.state === 'silent') return
        from.pause()
        to.once('drain', () => {
          if (this.state === 'open') from.resume()
        })
      })
      if (this.state === 'silent') from.pause()
    }
  }
}

/** PostgreSQL's addresses may name the folder of its socket. */
function endOf({ port, searchParams }: URL): { path: string } | { port: number; host: string } {
  const folder = searchParams.get('host')
  if (folder !== null) return { path: `${folder}/.s.PGSQL.${searchParams.get('port')}` }
  return { port: Number(port), host: '127.0.0.1' }
}
