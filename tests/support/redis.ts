/** A Redis of a test's own, to be killed and paused. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { freePort } from './program.ts'

/** Where `redis-server` is on this machine; undefined when nobody has installed it. */
export function redisProgram(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, 'redis-server')
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // It is not in this folder.
    }
  }
  return undefined
}

/** Keeps nothing on disk. Ends with the block that declared it, or with the tests' process. */
export class RedisServer implements AsyncDisposable {
  readonly url: string
  private readonly port: number
  private readonly program: string
  private child: ChildProcess | undefined

  private constructor(program: string, port: number) {
    this.program = program
    this.port = port
    this.url = `redis://127.0.0.1:${port}/0`
  }

  /** On a free port, answering when this returns. */
  static async open(program: string): Promise<RedisServer> {
    return new RedisServer(program, await freePort()).start()
  }

  /** Starts it again on the same port, empty. */
  async start(): Promise<this> {
    const settings = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '']
    const child = spawn(this.program, [...settings, '--appendonly', 'no'], { stdio: 'ignore' })
    this.child = child
    const onExit = (): void => void child.kill('SIGKILL')
    process.once('exit', onExit)
    child.once('exit', () => process.off('exit', onExit))
    while (!(await this.answers())) {
      if (child.exitCode !== null) throw new Error('redis-server ended')
      await sleep(20)
    }
    return this
  }

  /** `SIGSTOP` pauses it, `SIGCONT` lets it go on. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal)
  }

  async kill(): Promise<void> {
    const { child } = this
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }

  private async answers(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      socket.write('PING\r\n')
      const [said] = (await once(socket, 'data')) as [Buffer]
      return said.toString().startsWith('+PONG')
    } catch {
      // It does not listen yet.
      return false
    } finally {
      socket.destroy()
    }
  }
}
