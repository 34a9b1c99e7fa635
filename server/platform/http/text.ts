/** Deeper JSON is nothing a shop needs; the limit keeps every recursive reader within its stack. */
const MAX_DEPTH = 32

/** One thing wrong with a request. `pointer` is a JSON pointer (RFC 6901) into the part named by `in`. */
export interface Fault {
  readonly in: 'body' | 'query' | 'path' | 'header'
  readonly pointer: string
  readonly message: string
}

/**
 * Finds what no schema would: NUL characters (PostgreSQL cannot store them), in a path any other control
 * character, lone surrogates (they are no Unicode text, RFC 7493 section 2.1), keys that would change a
 * prototype, and nesting without end. Returns the first fault only.
 */
export function hostileText(
  value: unknown,
  part: Fault['in'],
  pointer = '',
  depth = 0,
): Fault | undefined {
  if (typeof value === 'string') {
    const message = textFault(value) ?? (part === 'path' ? nameFault(value) : undefined)
    return message === undefined ? undefined : { in: part, pointer, message }
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth >= MAX_DEPTH) {
    return { in: part, pointer: '', message: `must not be nested deeper than ${MAX_DEPTH} levels` }
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const fault = hostileText(value[i], part, `${pointer}/${i}`, depth + 1)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || textFault(key) !== undefined) {
      return { in: part, pointer, message: 'must not have a field of that name' }
    }
    const inner = (value as Record<string, unknown>)[key]
    const fault = hostileText(inner, part, `${pointer}/${escaped(key)}`, depth + 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain the character NUL'
  if (!text.isWellFormed()) return 'must be well-formed Unicode, without lone surrogates'
  return undefined
}

/** What an address names becomes the name of a stream, which PostgreSQL is sent in lists. */
function nameFault(name: string): string | undefined {
  return /\p{Cc}/u.test(name) ? 'must not contain control characters' : undefined
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
