/** The real program as a child process, to be killed, paused and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { TEST_SECRET } from './database.ts'

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const ROOT = join(import.meta.dirname, '..', '..')

const SERVER = join(ROOT, 'server')

const START_SECONDS = 150

/** What a failed test shows of the program's output. */
const TAIL_CHARACTERS = 8_000

/**
 * A process of ours that listens on one port for all its lives. Ends with the block that declared
 * it, or with the tests' process.
 */
export class Program implements AsyncDisposable {
  readonly port: number
  readonly url: string
  private readonly args: readonly string[]
  private readonly env: Readonly<Record<string, string>>
  private readonly ready: string
  private child: ChildProcess | undefined
  private exit: Promise<Exit> | undefined
  private output = ''

  private constructor(
    port: number,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    ready: string,
  ) {
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.args = args
    this.env = env
    this.ready = ready
  }

  /** `node server/main.ts` on a free port, answering when this returns. */
  static async shop(
    env: Readonly<Record<string, string>>,
    roles: readonly ('api' | 'worker')[] = [],
  ): Promise<Program> {
    const port = await freePort()
    const args = [join(SERVER, 'main.ts'), ...roles]
    const ports = { PORT: String(port), WORKER_PORT: String(port) }
    const settings = { HOST: '127.0.0.1', ...ports, NODE_ENV: 'test', ...env }
    return new Program(port, args, settings, '/readyz').start()
  }

  /** The test provider on a free port; its charges are in `dataFile` and outlive it. */
  static async provider(dataFile: string, delayMs: number): Promise<Program> {
    const port = await freePort()
    const main = join(SERVER, 'test-provider', 'main.ts')
    const given = ['--port', String(port), '--delay-ms', String(delayMs), '--data-file', dataFile]
    // Its deliveries are signed as the shops of these tests expect.
    const { current } = secretsFrom(TEST_SECRET).derive('payment-webhooks')
    const env = { WEBHOOK_SECRET: `whsec_${current.toString('base64')}` }
    return new Program(port, [main, ...given], env, '/v1/charges?limit=1').start()
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('the process is not running')
    return this.child.pid
  }

  get isRunning(): boolean {
    return (
      this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null
    )
  }

  /** The end of what it printed. */
  get tail(): string {
    return this.output
  }

  /** Starts it again, on the same port and with the same surroundings. */
  async start(): Promise<this> {
    const child = spawn(process.execPath, this.args, {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_COMPILE_CACHE:
          process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'torg-test-compiled'),
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    const onExit = (): void => void child.kill('SIGKILL')
    process.once('exit', onExit)
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-TAIL_CHARACTERS)
      })
    }
    this.exit = once(child, 'exit').then(([code, signal]) => {
      process.off('exit', onExit)
      return { code, signal } as Exit
    })
    await this.untilReady()
    return this
  }

  /** Sends a signal; returns when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<Exit> {
    this.signal(signal)
    return this.ended()
  }

  /** Sends a signal and does not wait: `SIGSTOP` pauses, `SIGCONT` lets it go on. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal)
  }

  ended(): Promise<Exit> {
    if (this.exit === undefined) throw new Error('the process was never started')
    return this.exit
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning) await this.kill('SIGKILL')
  }

  private async untilReady(): Promise<void> {
    const deadline = performance.now() + START_SECONDS * 1000
    while (this.isRunning && performance.now() < deadline) {
      const answer = await fetch(this.url + this.ready).catch(() => undefined)
      await answer?.arrayBuffer()
      if (answer?.status === 200) return
      await sleep(20)
    }
    // Nobody has it to end it, and a test would wait for it for ever.
    await this[Symbol.asyncDispose]()
    throw new Error(`${this.args.join(' ')} did not get ready:\n${this.output}`)
  }
}

/**
 * A port below those the system gives to outgoing connections (from 32,768 on Linux): a client that
 * keeps calling a killed server there could be given that very port and reach itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    await new Promise((resolve) => server.close(resolve))
    if (isFree) return port
  }
}
