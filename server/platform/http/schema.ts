import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Has as knowsFormat } from 'typebox/format'
import { Check as isOf } from 'typebox/value'

import type { Fault } from './text.ts'

/** A JSON schema as plain data. */
export type PlainSchema = Readonly<Record<string, unknown>>

const MAX_FAULTS = 20

const NO_FIELD = 'is not a field of this request'

/** Says what is wrong with a value; empty when nothing is. */
export type Check = (value: unknown) => readonly Fault[]

/**
 * A copy of the schema as plain JSON. When `closed`, every object that says nothing about further
 * fields refuses them (requirement R21). Throws for a `format` that no one would check.
 */
export function plain(schema: TSchema, closed: boolean): PlainSchema {
  return walk(JSON.parse(JSON.stringify(schema)), closed) as PlainSchema
}

function walk(node: unknown, closed: boolean): unknown {
  if (Array.isArray(node)) return node.map((each) => walk(each, closed))
  if (typeof node !== 'object' || node === null) return node

  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties' || key === 'patternProperties' || key === '$defs') {
      const members = Object.entries(value as object)
      result[key] = Object.fromEntries(members.map(([name, each]) => [name, walk(each, closed)]))
    } else if (LITERAL.has(key)) {
      result[key] = value
    } else {
      result[key] = walk(value, closed)
    }
  }

  if (typeof result['format'] === 'string' && !knowsFormat(result['format'])) {
    throw new Error(`unknown format "${result['format']}" in a schema`)
  }
  if (closed && result['type'] === 'object' && isOpen(result))
    result['additionalProperties'] = false
  return result
}

/** Keywords whose value is data, not a schema. */
const LITERAL = new Set(['const', 'enum', 'default', 'examples', 'required'])

function isOpen(node: Record<string, unknown>): boolean {
  return node['additionalProperties'] === undefined && node['patternProperties'] === undefined
}

/** A value that is looked at once: to compile the schema for it would take longer. */
export function isLike(schema: PlainSchema, value: unknown): boolean {
  return isOf(schema as TSchema, value)
}

/**
 * Checks by a schema that was made `plain`. It is compiled when the first value comes: a process has
 * hundreds of schemas, and a start that compiled them all would keep its shops waiting.
 */
export function check(schema: PlainSchema, part: Fault['in']): Check {
  let compiled: Check | undefined
  return (value) => (compiled ??= compile(schema, part))(value)
}

function compile(schema: PlainSchema, part: Fault['in']): Check {
  const validator = Compile(schema as TSchema)
  const kinds = (schema['anyOf'] ?? []) as readonly PlainSchema[]
  if (kinds.length > 1) {
    const checks = kinds.map((kind) => check(kind, part))
    const known = new Set(kinds.flatMap((kind) => Object.keys(kind['properties'] ?? {})))
    return (value) => {
      if (validator.Check(value)) return NONE
      return nearest(checks.map((each) => each(value))).map((fault) => besides(fault, known))
    }
  }
  return (value) => {
    if (validator.Check(value)) return NONE
    return faults(validator.Errors(value), part)
  }
}

/** What of several kinds was meant is the one with the least wrong; the others would only confuse. */
function nearest(faultsByKind: readonly (readonly Fault[])[]): readonly Fault[] {
  return faultsByKind.toSorted((a, b) => a.length - b.length)[0] ?? NONE
}

/** A field of another kind is a field, but not beside the others. */
function besides(fault: Fault, known: ReadonlySet<string>): Fault {
  const isOther = fault.message === NO_FIELD && known.has(fault.pointer.slice(1))
  return isOther ? { ...fault, message: 'does not go with the other fields' } : fault
}

const NONE: readonly Fault[] = []

interface RawError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message: string
}

function faults(errors: readonly RawError[], part: Fault['in']): readonly Fault[] {
  const found: Fault[] = []
  for (const error of errors) {
    // `boolean` says again, less well, what `additionalProperties` says, and `anyOf` what its kinds say.
    if (error.keyword === 'boolean') continue
    if (error.keyword === 'anyOf' && found.length > 0) continue
    if (error.keyword === 'const' && found.at(-1)?.pointer === error.instancePath) continue
    found.push(...faultsOf(error, part, errors))
    if (found.length >= MAX_FAULTS) break
  }
  return found.length > 0 ? found.slice(0, MAX_FAULTS) : unexplained(errors, part)
}

/**
 * TypeBox names eight errors at most, and the one that sums up unknown fields comes after them: of
 * eight such fields all that is left is that each is refused. What is wrong is never without a fault.
 */
function unexplained(errors: readonly RawError[], part: Fault['in']): readonly Fault[] {
  const pointers = errors.map(({ instancePath }) => instancePath.slice(0, 200).toWellFormed())
  if (pointers.length === 0) return [{ in: part, pointer: '', message: 'is not what is asked for' }]
  return pointers.map((pointer) => ({ in: part, pointer, message: NO_FIELD }))
}

function faultsOf(error: RawError, part: Fault['in'], all: readonly RawError[]): Fault[] {
  const { instancePath: pointer, params } = error
  if (error.keyword === 'enum' || error.keyword === 'const') {
    const here = all.filter(({ instancePath }) => instancePath === pointer)
    const values = here.flatMap((each) => each.params['allowedValues'] ?? allowedIn(each))
    const message = `must be ${values.map((value) => JSON.stringify(value)).join(' or ')}`
    return [{ in: part, pointer, message }]
  }
  if (error.keyword === 'additionalProperties') {
    const names = params['additionalProperties'] as readonly string[]
    return names.map((name) => ({
      in: part,
      pointer: `${pointer}/${token(name)}`,
      message: NO_FIELD,
    }))
  }
  if (error.keyword === 'required') {
    const names = params['requiredProperties'] as readonly string[]
    return names.map((name) => ({
      in: part,
      pointer: `${pointer}/${token(name)}`,
      message: 'is required',
    }))
  }
  return [{ in: part, pointer, message: error.message }]
}

function allowedIn({ keyword, params }: RawError): readonly unknown[] {
  return keyword === 'const' ? [params['allowedValue']] : []
}

/** Names come from the caller: they are echoed short and escaped for a JSON pointer. */
function token(name: string): string {
  return name.slice(0, 100).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
}

/**
 * Query and path are text; this reads numbers and booleans where the schema wants them. What is
 * not exactly one stays text, so that the check refuses it: `limit=1e3` and `limit=` are no integers.
 */
export function reader(
  schema: PlainSchema,
): (values: Record<string, unknown>) => Record<string, unknown> {
  const wanted: [string, (text: string) => unknown][] = []
  const properties = (schema['properties'] ?? {}) as Record<string, PlainSchema>
  for (const [name, property] of Object.entries(properties)) {
    const read = READ[String(property['type'])]
    if (read !== undefined) wanted.push([name, read])
  }
  if (wanted.length === 0) return (values) => values

  return (values) => {
    for (const [name, read] of wanted) {
      const text = values[name]
      if (typeof text === 'string') values[name] = read(text)
    }
    return values
  }
}

const READ: Readonly<Record<string, (text: string) => unknown>> = {
  integer: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text),
  number: (text) => (/^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
}
