/** What an abuse of a request is, and the words abuses are written in. */
import type { Expected } from './judge.ts'
import type { Bytes } from './wire.ts'

/** A request as it is before it becomes bytes. */
export interface Message {
  method: string
  target: string
  version: string
  headers: (readonly [string, string])[]
  body: Buffer
}

export interface Abuse {
  readonly what: string
  /** What is due: `refused` where nothing else can be right. */
  readonly expected?: Expected
  readonly hangUp?: Bytes['hangUp']
  /** Only for operations that take a body. */
  readonly needsBody?: boolean
  readonly act: (message: Message, pick: number) => void
  /** The last word on the bytes. */
  readonly bytes?: (bytes: Buffer, pick: number) => Buffer
}

export function one<T>(all: readonly T[], pick: number): T {
  return all[pick % all.length]!
}

/** Another body, with a length that is true. */
export function say(message: Message, body: string | Buffer, type = 'application/json'): void {
  message.body = Buffer.from(body)
  set(message, 'content-length', String(message.body.length))
  set(message, 'content-type', type)
}

export function set(message: Message, name: string, value: string): void {
  message.headers = [
    ...message.headers.filter(([each]) => each.toLowerCase() !== name),
    [name, value],
  ]
}

export function asText({ body }: Message): string {
  return body.length === 0 ? '{}' : body.toString()
}

/** The body with its first number, or a first field, put as this text. */
export function withNumber(message: Message, text: string): void {
  const whole = asText(message)
  const changed = whole.replace(/:-?\d+(\.\d+)?/, () => `:${text}`)
  say(message, changed === whole ? `{"quantity":${text}}` : changed)
}

/** The body with the content of its first text replaced, in JSON's own escapes. */
export function withText(message: Message, escaped: string): void {
  const whole = asText(message)
  const changed = whole.replace(/:"[^"\\]*"/, () => `:"${escaped}"`)
  say(message, changed === whole ? `{"sku":"${escaped}"}` : changed)
}

export const body = (what: string, act: Abuse['act'], expected?: Expected): Abuse => ({
  what,
  act,
  needsBody: true,
  ...(expected === undefined ? {} : { expected }),
})
export const header = (
  what: string,
  name: string,
  values: readonly string[],
  expected?: Expected,
): Abuse => ({
  what,
  act: (message, pick) => {
    message.headers.push([name, one(values, pick)])
  },
  ...(expected === undefined ? {} : { expected }),
})
export const target = (
  what: string,
  act: (target: string, pick: number) => string,
  expected?: Expected,
): Abuse => ({
  what,
  act: (message, pick) => {
    message.target = act(message.target, pick)
  },
  ...(expected === undefined ? {} : { expected }),
})

export const beforeQuery = (address: string, text: string): string =>
  address.replace(/(\?|$)/, () => `${text}${address.includes('?') ? '?' : ''}`)
export const withQuery = (address: string, query: string): string =>
  `${address}${address.includes('?') ? '&' : '?'}${query}`
