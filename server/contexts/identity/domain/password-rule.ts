import { accept, refuse, type Outcome } from '#platform/outcome'

import type { IdentityRefusal, PasswordFault } from '../contract.ts'
import { COMMON } from './common-words.ts'

const LEAST_CHARACTERS = 12
const MOST_CHARACTERS = 128

/** Printed at the start and in the README (issue 2), so it opens nothing in production. */
export const DEMO_PASSWORD = 'Demo-pass-2026!'

/** Fewer different characters than this are a pattern, not a password. */
const LEAST_DIFFERENT = 5

/** What one finger does on a keyboard; also read backwards. */
const RUNS = [
  '012345678901234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
]

/** What else nobody may use here as a password: names of the shop, of the person. */
export interface PasswordContext {
  readonly isProduction: boolean
  readonly names: readonly string[]
}

/**
 * The password as it is hashed (NFC, so that every keyboard spells it the same; never cut), or why
 * it is not taken: 12 characters, a special one (requirement IDN-09), at most 128, and none of those
 * that are tried first, also when decorated: `P@ssw0rd2026!` is `password`.
 */
export function passwordFor(
  given: string,
  context: PasswordContext,
): Outcome<string, IdentityRefusal> {
  const password = given.normalize('NFC')
  const why = faultOf(password, context)
  return why === undefined ? accept(password) : refuse({ code: 'identity.password-weak', why })
}

function faultOf(password: string, context: PasswordContext): PasswordFault | undefined {
  const characters = Array.from(password)
  if (characters.length < LEAST_CHARACTERS) return 'it has fewer than 12 characters'
  if (characters.length > MOST_CHARACTERS) return 'it has more than 128 characters'
  if (!/[^\p{L}\p{N}]/u.test(password)) return 'it has no special character'
  if (password === DEMO_PASSWORD && context.isProduction) return 'it is the password of the demo'
  if (isCommon(password, context.names)) return 'it is one of the passwords that are tried first'
  return undefined
}

function isCommon(password: string, names: readonly string[]): boolean {
  const lower = password.toLowerCase()
  if (new Set(lower).size < LEAST_DIFFERENT) return true

  const plain = lower.replace(/[^\p{L}\p{N}]/gu, '')
  if (plain === '' || isRun(plain)) return true

  const known = new Set([...COMMON, ...names.flatMap(spellings)])
  return spellings(lower).some((core) => known.has(core))
}

/** Several runs in a row, each of three or more: `qwerty123456`, `abc-123-abc-123`. */
function isRun(plain: string): boolean {
  const both = RUNS.flatMap((run) => [run, Array.from(run).toReversed().join('')])
  let rest = plain
  while (rest !== '') {
    let longest = 0
    for (let length = Math.min(rest.length, 26); length >= 3 && longest === 0; length--) {
      const head = rest.slice(0, length)
      if (both.some((run) => run.includes(head))) longest = length
    }
    if (longest === 0) return false
    rest = rest.slice(longest)
  }
  return true
}

/** The word under the decoration: digits and signs at both ends gone, look-alikes read as letters. */
function spellings(text: string): string[] {
  const lower = text.toLowerCase()
  const trimmed = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [lower, trimmed, lower.replace(/^\d+|[\d!?.*#-]+$/g, '')]
    .flatMap((each) => [each, unmasked(each)])
    .map((each) => each.replace(/[^\p{L}]/gu, ''))
    .filter((each) => each.length >= 3)
}

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

function unmasked(text: string): string {
  return Array.from(text, (character) => LOOKS_LIKE[character] ?? character).join('')
}
