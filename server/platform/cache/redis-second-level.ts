import type { Buffer } from 'node:buffer'

import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'

import { seal, unseal } from './sealed.ts'
import type { SecondLevel } from './second-level.ts'

/** Making an answer takes a few milliseconds; waiting longer for one that is ready saves nothing. */
const PATIENCE_MS = 20
/** After so many failures in a row Redis is left alone for so long, and then tried by one command. */
const FAILURES = 5
const REST_MS = 1_000
/** Commands that Redis has not answered, given up or not: so many answers may be in memory for it. */
const MOST_UNDER_WAY = 256
/** A connection on which nothing is answered for so long is cut. */
const SILENCE_MS = 1_000
const LONGEST_PAUSE_MS = 2_000

export interface RedisLevelOptions {
  readonly url: string
  /** What all names begin with: whose answers they are, and of which version of the program. */
  readonly space: string
  /** What answers are signed with. */
  readonly key: Buffer
  readonly log: Logger
}

/**
 * Answers in Redis (6 or newer, or what speaks like it), connected in the background. Whatever goes
 * wrong there, `get` says within 20 ms that nothing is there, and mostly at once.
 */
export function redisSecondLevel(options: RedisLevelOptions): SecondLevel {
  return new RedisLevel(options)
}

class RedisLevel implements SecondLevel {
  readonly #options: RedisLevelOptions
  readonly #redis: Redis
  readonly #breaker = circuitBreaker(handleAll, {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  })
  readonly #policy = wrap(this.#breaker, timeout(PATIENCE_MS, TimeoutStrategy.Aggressive))
  #underWay = 0
  #isAway = false

  constructor(options: RedisLevelOptions) {
    this.#options = options
    const { url, log } = options
    this.#redis = new Redis(url, {
      protocol: 2,
      disableClientInfo: true,
      // What cannot be sent now is of no use later.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
      retryStrategy: (times) => Math.min(100 * times, LONGEST_PAUSE_MS),
    })
    this.#redis.on('error', (error: Error) => {
      // Not the error itself: it has the command with it, which may be the one that says the password.
      if (!this.#isAway) log.warn({ reason: error.message }, 'the second level is away')
      this.#isAway = true
    })
    this.#redis.on('ready', () => {
      if (this.#isAway) log.info('the second level is back')
      this.#isAway = false
    })
  }

  async get(name: string) {
    const { space, key } = this.#options
    const whole = space + name
    const found = await this.#ask(() => this.#redis.getBuffer(whole))
    return found ? unseal(key, whole, found) : undefined
  }

  put(name: string, answer: Parameters<SecondLevel['put']>[1], forMs: number): void {
    if (!this.#isOpen()) return
    const { space, key } = this.#options
    const whole = space + name
    const sealed = seal(key, whole, answer)
    if (sealed === undefined) return
    void this.#ask(() => this.#redis.set(whole, sealed, 'PX', Math.ceil(forMs)))
  }

  close(): void {
    this.#redis.disconnect()
  }

  #isOpen(): boolean {
    return this.#redis.status === 'ready' && this.#underWay < MOST_UNDER_WAY
  }

  /** Undefined instead of any failure. */
  async #ask<T>(command: () => Promise<T>): Promise<T | undefined> {
    if (!this.#isOpen()) return undefined
    try {
      return await this.#policy.execute(() => this.#counted(command))
    } catch (error) {
      // With its message alone: an error of Redis has the whole command with it.
      if (error instanceof Error && !(error instanceof BrokenCircuitError)) {
        this.#options.log.debug({ reason: error.message }, 'no word of the second level')
      }
      return undefined
    }
  }

  /** A command counts until Redis has answered, however long ago it was given up. */
  #counted<T>(command: () => Promise<T>): Promise<T> {
    this.#underWay += 1
    return command().finally(() => {
      this.#underWay -= 1
    })
  }
}
