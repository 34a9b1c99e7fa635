/** What a variable of the environment may hold, and the words for when it holds something else. */
import { isIP } from 'node:net'

/** What a text in the environment turns out to be. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string }

export const is = <T>(value: T): Parsed<T> => ({ ok: true, value })
const wrong = (why: string): Parsed<never> => ({ ok: false, why })

export function wholeNumber(least: number, most: number) {
  return (text: string | undefined): Parsed<number> => {
    const value = /^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN
    return value >= least && value <= most
      ? is(value)
      : wrong(`must be a whole number from ${least} to ${most}, not "${text}"`)
  }
}

export function oneOf<const T extends string>(...words: readonly T[]) {
  return (text: string | undefined): Parsed<T> => {
    const found = words.find((word) => word === text)
    return found === undefined ? wrong(`must be ${listed(words, 'or')}, not "${text}"`) : is(found)
  }
}

export function yesOrNo(text: string | undefined): Parsed<boolean> {
  const answer = oneOf('true', 'false')(text)
  return answer.ok ? is(answer.value === 'true') : answer
}

export function someText(text: string | undefined): Parsed<string> {
  return text === undefined ? wrong('must not be empty') : is(text)
}

/** An address without a slash at its end, so that paths can be put behind it. */
export function webAddress(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined) return is(undefined)
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:'
    ? is(text.replace(/\/+$/, ''))
    : wrong(`must be an address such as https://shop.example, not "${text}"`)
}

/** `erp.lan:8443, [fd00::1]:80`: hosts as addresses name them, each with its port. */
export function hostsAndPorts(text = ''): Parsed<readonly string[]> {
  const hosts = text.split(',').flatMap((each) => each.trim().toLowerCase() || [])
  const odd = hosts.find((each) => !/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\]):\d{1,5}$/.test(each))
  return odd === undefined ? is(hosts) : wrong(`must be hosts with ports, and "${odd}" is none`)
}

/** Never says what was given: it holds a password. */
export function databaseAddress(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined) return is(undefined)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const fine =
    (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') &&
    url.hostname !== '' &&
    url.username !== '' &&
    /^\/[^/]+$/.test(url.pathname)
  return fine ? is(text) : wrong('must look like postgres://user:password@host:5432/database')
}

/** Never says what was given: it may hold a password. */
export function redisAddress(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined) return is(undefined)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const fine =
    (url?.protocol === 'redis:' || url?.protocol === 'rediss:') &&
    url.hostname !== '' &&
    /^(\/\d{0,3})?$/.test(url.pathname)
  return fine ? is(text) : wrong('must look like redis://:password@host:6379/0')
}

/** Never says what was given: it may hold a password. The path is the beginning of the indices' names. */
export function searchAddress(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined) return is(undefined)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const fine =
    (url?.protocol === 'http:' || url?.protocol === 'https:') &&
    /^\/([a-z][a-z0-9-]{0,40})?$/.test(url.pathname)
  return fine ? is(text) : wrong('must look like https://user:password@search.example:9200/torg')
}

/** Never says what was given: it holds a password. */
export function bucketAddress(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined) return is(undefined)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const fine =
    (url?.protocol === 'http:' || url?.protocol === 'https:') &&
    url.username !== '' &&
    url.password !== '' &&
    /^\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.pathname)
  return fine ? is(text) : wrong('must look like https://key:secret@s3.example.com/bucket')
}

/** Proxies as Fastify takes them: addresses and networks. */
export function networks(text: string | undefined): Parsed<readonly string[]> {
  const given = (text ?? '').split(',').map((each) => each.trim())
  const named = given.filter((each) => each !== '')
  const odd = named.find((each) => {
    const [address = '', bits, ...rest] = each.split('/')
    const version = isIP(address)
    const isSize =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
    // A network of every address would let anyone say who they are.
    return version === 0 || !isSize || bits === '0' || rest.length > 0
  })
  return odd === undefined
    ? is(named)
    : wrong(`must list addresses and networks such as 10.0.0.0/8, not "${odd}"`)
}

export function secret(text: string | undefined): Parsed<string | undefined> {
  return text === undefined || text.length >= 32
    ? is(text)
    : wrong(`must have at least 32 characters; it has ${text.length}`)
}

/** `api or worker`, `a, b or c`. */
export function listed(words: readonly string[], joint: 'or' | 'and'): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`
}
