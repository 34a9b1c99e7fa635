/** The life of one process: it opens, tells how far it is, serves, drains and stops. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Logger } from 'pino'

import { type Config, ConfigError, readConfig } from '../config.ts'
import { CannotStart, errorCode } from './cannot-start.ts'
import { openProgress, type Progress } from './progress.ts'
import { openLog } from './telemetry/log.ts'

/** How long what is under way may take to finish after SIGTERM (requirement R16). */
const DRAIN_SECONDS = 10

/** How long closing everything may take after that, before the process goes anyway. */
const CLOSE_SECONDS = 15

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the launcher. */
const SAME_SIGNAL_MS = 750

/** What the program may ask of the process it runs in. */
export interface Life {
  readonly config: Config
  readonly log: Logger
  /** Does one part of opening and tells of it. Throws when the program was told to stop meanwhile. */
  readonly step: Progress['step']
  /** What is closed at the end, last opened first. */
  readonly running: AsyncDisposableStack
  /** Done first of all when told to stop: turn readiness off, finish what is under way. */
  onDrain(work: () => Promise<void>): void
  /** Ends the program with exit code 1 and this sentence. */
  fail(reason: CannotStart): void
}

class ToldToStop extends Error {}

/**
 * Runs a program until SIGTERM, SIGINT or SIGHUP and exits: 0 when told to, 1 when it could not
 * open or go on. `open` returns what a person reads once all is open. A second signal ends at once.
 * A fault the operator can mend is one sentence; a bug is a log line with an id, and the id.
 */
export async function run(open: (life: Life) => Promise<string>): Promise<never> {
  const config = configOrExit()
  const log = openLog({ service: 'torg', level: config.logLevel, pod: config.pod })
  const end = Promise.withResolvers<CannotStart | 'told'>()
  let toldAt: number | undefined
  const onSignal = (): void => {
    if (toldAt !== undefined && performance.now() - toldAt > SAME_SIGNAL_MS) process.exit(130)
    if (toldAt === undefined && !config.production) console.log('\n  Stopping…')
    toldAt ??= performance.now()
    end.resolve('told')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const onBug = (error: unknown): void => {
    report(error, log, config)
    process.exit(1)
  }
  process.on('unhandledRejection', onBug)
  process.on('uncaughtException', onBug)

  const progress = config.production ? loggedProgress(log) : openProgress(process.stdout)
  const drains: (() => Promise<void>)[] = []
  const life: Life = {
    config,
    log,
    async step(words, work) {
      if (toldAt !== undefined) throw new ToldToStop()
      return progress.step(words, work)
    },
    running: new AsyncDisposableStack(),
    onDrain: (work) => void drains.push(work),
    fail: end.resolve,
  }

  let code = 0
  try {
    const words = await open(life)
    if (toldAt === undefined && !config.production) console.log(words)
    else log.info('open')
    const reason = await end.promise
    if (reason !== 'told') throw reason
  } catch (error) {
    if (!(error instanceof ToldToStop)) {
      report(error, log, config)
      code = 1
    }
  }
  await close(life, drains)
  process.exit(code)
}

function configOrExit(): Config {
  try {
    return readConfig(process.env, process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const problem of error.problems) console.error(problem)
    process.exit(1)
  }
}

/** In production every line of output is a log line. */
function loggedProgress(log: Logger): Progress {
  return {
    async step(words, work) {
      const since = performance.now()
      const result = await work((note) => log.info(note))
      log.info({ ms: Math.round(performance.now() - since) }, words)
      return result
    },
  }
}

/** Said once: to a person as a sentence, in production as a line of the log. */
function report(error: unknown, log: Logger, { production }: Config): void {
  const mendable = operatorsFault(error)
  if (mendable !== undefined) {
    if (production) log.fatal(mendable)
    else console.error(`\n${mendable}`)
    log.flush()
    return
  }
  const id = randomUUID()
  log.fatal({ err: error, id }, 'the program ended because of a bug')
  log.flush()
  console.error(`\nTorg ended because of a bug in it; quote ${id}, the log has the details.`)
}

/** The sentence for a fault the operator can mend, however deep it lies; nothing for a bug. */
function operatorsFault(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof CannotStart) return at.message
    const code = errorCode(at)
    if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') {
      return 'The disk of the database is full; free some space and start again.'
    }
  }
  return undefined
}

/** Drains, then closes, each within its time: a part that hangs must not keep the process alive. */
async function close(
  { log, running }: Life,
  drains: readonly (() => Promise<void>)[],
): Promise<void> {
  const drained = Promise.all(drains.map((work) => work()))
  await within(DRAIN_SECONDS, drained, 'draining', log)
  await within(CLOSE_SECONDS, running.disposeAsync(), 'closing', log)
  log.flush()
}

async function within(
  seconds: number,
  work: Promise<unknown>,
  words: string,
  log: Logger,
): Promise<void> {
  const late = Symbol('late')
  try {
    const timer = sleep(seconds * 1000, late, { ref: false })
    if ((await Promise.race([work, timer])) === late) {
      log.warn(`${words} took longer than ${seconds} s and was cut short`)
    }
  } catch (error) {
    // The process is ending anyway; what matters is that the next part is closed too.
    log.error({ err: error }, `${words} failed`)
  }
}

/** Where a process listens, and which variable says so. */
export interface Listening {
  readonly host: string
  readonly port: number
  readonly variable: 'PORT' | 'WORKER_PORT'
}

/**
 * Makes sure that the port can be had before anything slow is done. Throws `CannotStart`; somebody
 * may still take it later, which `explainListenError` says as well.
 */
export async function checkPort(wanted: Listening): Promise<void> {
  const { host, port } = wanted
  if (port === 0) return
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
  } catch (error) {
    throw explainListenError(error, wanted)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

/** Turns what the system says of a port into a sentence; other errors pass unchanged. */
export function explainListenError(error: unknown, { host, port, variable }: Listening): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new CannotStart(
        `Port ${port} is taken by another program; stop that one, or choose another port: ${variable}=${port + 1} npm start.`,
        { cause: error },
      )
    case 'EACCES':
      return new CannotStart(
        `This user may not listen on port ${port}; choose one from 1024 on with ${variable}.`,
        { cause: error },
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new CannotStart(`HOST=${host} is no address of this machine; correct it.`, {
        cause: error,
      })
    default:
      return error
  }
}
