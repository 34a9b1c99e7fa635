/** Requests as fast-check makes them, from what the document says of each operation. */
import fc from 'fast-check'

import type { Document, Operation, Shape } from './document.ts'
import { kindOf, Ref } from './pools.ts'
import { uploads } from './uploads.ts'

/** How a request is meant: as documented, with one thing wrong, or as bytes nobody would send. */
export type Mode = 'valid' | 'broken' | 'raw'

const WHO = ['guest', 'shopper', 'someone', 'warehouse', 'courier', 'admin'] as const
export type Who = (typeof WHO)[number]

/** A request before its places are filled with what the shop has told. */
export interface Plan {
  readonly operation: Operation
  readonly mode: Mode
  /** Who asks; `maker` is whoever was told the thing that is asked for. */
  readonly who: Who | 'maker'
  readonly shop: 'demo' | 'second'
  /** Everything it needs is made first, so that it can be done. */
  readonly isPrepared: boolean
  /** Where it seems to come from: most limits count by network. */
  readonly network: number
  readonly key: 'none' | 'fresh' | 'twice' | 'used' | 'odd'
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
  /** What is done to it and where, when it is not meant to be valid. */
  readonly how: number
  readonly where: number
}

/** What costs a hash of a password, some 50 ms of a processor. */
const COSTLY = /^(login|registerUser|changePassword|resetPassword)$/

/** Plans of every operation, the costly ones less often. */
export function plans({ operations }: Document): fc.Arbitrary<Plan> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: COSTLY.test(operation.id) ? 1 : operation.method === 'GET' ? 4 : 8,
      arbitrary: planOf(operation),
    })),
  )
}

/** Every operation once, with all that it needs, as its documentation has it. */
export function opening({ operations }: Document, seed: number): Plan[] {
  return operations.map((operation) => {
    const [plan] = fc.sample(planOf(operation), { seed, numRuns: 1 })
    return { ...plan!, mode: 'valid', isPrepared: true, key: 'twice' }
  })
}

function planOf(operation: Operation): fc.Arbitrary<Plan> {
  const inputs = (place: string): fc.Arbitrary<Record<string, unknown>> => {
    const its = operation.parameters.filter((parameter) => parameter.in === place)
    return fc.record(
      Object.fromEntries(
        its.map(({ name, schema }) => [
          name,
          valueOf(schema, kindOf(operation, place, name), operation),
        ]),
      ),
      { requiredKeys: its.filter(({ required }) => required).map(({ name }) => name) },
    )
  }
  const body = operation.isUpload
    ? uploads()
    : operation.body === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          { weight: 9, arbitrary: valueOf(operation.body, undefined, operation) },
          ...(operation.bodyRequired ? [] : [{ weight: 1, arbitrary: fc.constant(undefined) }]),
        )
  return fc.record<Plan>({
    operation: fc.constant(operation),
    mode: fc.oneof(
      { weight: 5, arbitrary: fc.constant<Mode>('valid') },
      { weight: 3, arbitrary: fc.constant<Mode>('broken') },
      { weight: 2, arbitrary: fc.constant<Mode>('raw') },
    ),
    who: whoFor(operation),
    shop: fc.oneof(
      { weight: 9, arbitrary: fc.constant<'demo' | 'second'>('demo') },
      { weight: 1, arbitrary: fc.constant<'demo' | 'second'>('second') },
    ),
    isPrepared: oneIn(12),
    network: fc.nat(0xffffff),
    key: fc.constantFrom('none', 'none', 'fresh', 'fresh', 'twice', 'used', 'odd'),
    path: inputs('path'),
    query: inputs('query'),
    headers: inputs('header'),
    body,
    how: fc.nat(0xffff),
    where: fc.nat(0xffff),
  })
}

function oneIn(many: number): fc.Arbitrary<boolean> {
  return fc.oneof(
    { weight: many - 1, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  )
}

/** Mostly somebody who may call it, so that more than the gate is met. */
function whoFor({ who }: Operation): fc.Arbitrary<Plan['who']> {
  const may: Plan['who'][] =
    who === 'anyone'
      ? ['guest', 'maker', 'maker', 'shopper', 'someone']
      : who === 'signed-in'
        ? ['maker', 'shopper', 'someone', 'admin']
        : WHO.filter((each) => who.includes(each))
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...may) },
    { weight: 1, arbitrary: fc.constantFrom(...WHO) },
  )
}

/** Values that fit the schema; of a known kind, mostly something the shop has told. */
function valueOf(
  schema: Shape,
  kind: string | undefined,
  operation: Operation,
): fc.Arbitrary<unknown> {
  const fresh = fitting(schema, operation)
  const isText = schema['type'] === 'string' && !String(schema['format']).startsWith('date')
  if (kind === undefined || !isText) return fresh
  return fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(fc.nat(0xffff), fresh)
        .map(([pick, otherwise]) => new Ref(kind, pick, otherwise)),
    },
    { weight: 1, arbitrary: fresh },
  )
}

function fitting(schema: Shape, operation: Operation): fc.Arbitrary<unknown> {
  const kinds: readonly Shape[] | undefined = schema['anyOf']
  if (kinds !== undefined) return fc.oneof(...kinds.map((each) => fitting(each, operation)))
  if ('const' in schema) return fc.constant(schema['const'])
  if (schema['enum'] !== undefined) return fc.constantFrom(...(schema['enum'] as unknown[]))
  switch (schema['type']) {
    case 'object':
      return objects(schema, operation)
    case 'array': {
      const { items, minItems = 0, maxItems = 10 } = schema
      const maxLength = Math.min(maxItems, minItems + 4)
      return fc.array(fitting(items, operation), { minLength: minItems, maxLength })
    }
    case 'integer':
      return integers(schema)
    case 'number':
      return fc.oneof(integers(schema), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return texts(schema)
    default:
      throw new Error(
        `${operation.id} has a schema no value is made for: ${JSON.stringify(schema)}`,
      )
  }
}

function objects(schema: Shape, operation: Operation): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], patternProperties, maxProperties = 5 } = schema
  if (patternProperties !== undefined) {
    const [[pattern, each]] = Object.entries<Shape>(patternProperties) as [[string, Shape]]
    const { minProperties = 0 } = schema
    const names = fc.oneof(
      fc
        .constantFrom('uk', 'en', 'post', 'pickup', 'courier')
        .filter((name) => new RegExp(pattern).test(name)),
      matching(pattern, 0, 32),
    )
    return fc.dictionary(names, fitting(each, operation), {
      minKeys: minProperties,
      maxKeys: Math.min(maxProperties, 4),
      noNullPrototype: true,
    })
  }
  const fields = Object.entries<Shape>(properties).map(([name, each]) => [
    name,
    valueOf(each, kindOf(operation, 'body', name), operation),
  ])
  const its: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields)
  return fc.record(its, { requiredKeys: required, noNullPrototype: true })
}

/** Small ones mostly: a shop has few units of most things. */
function integers({ minimum, maximum, not }: Shape): fc.Arbitrary<number> {
  const min: number = minimum ?? -(2 ** 53) + 1
  const max: number = maximum ?? 2 ** 53 - 1
  const least = Math.max(min, -3)
  const small = fc.integer({ min: least, max: Math.min(max, least + 6) })
  const all = fc.oneof(
    { weight: 6, arbitrary: small },
    { weight: 2, arbitrary: fc.integer({ min, max }) },
    { weight: 2, arbitrary: fc.constantFrom(min, max) },
  )
  return not?.const === undefined ? all : all.filter((value) => value !== not.const)
}

function texts(shape: Shape): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 60 } = shape
  switch (format) {
    case 'uuid':
      return fc.uuid()
    case 'email':
      return fc.emailAddress({ size: 'small' })
    case 'date':
      return fc.oneof(days(1900, 2100), fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29'))
    case 'date-time':
      return fc.oneof(
        fc
          .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.constantFrom(
          '0001-01-01T00:00:00Z',
          '9999-12-31T23:59:59.999999Z',
          '2024-02-29T12:00:00+14:00',
          '1969-12-31T23:59:59-12:00',
        ),
      )
    default:
  }
  // How long it is, is said by the pattern: a hash has 64 characters.
  if (pattern !== undefined) return matching(pattern, minLength, shape['maxLength'] ?? 2_000)
  return fc.oneof(
    { weight: 8, arbitrary: words(minLength, Math.min(maxLength, 30)) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...ODD)
        .filter((text) => text.length >= minLength && text.length <= maxLength),
    },
    { weight: 1, arbitrary: fc.constant('я'.repeat(maxLength)) },
  )
}

/** Texts that are in order and yet have broken many a program. */
const ODD = [
  'constructor',
  'toString',
  'null',
  "' or 1=1; --",
  '%00',
  '{{7*7}}',
  '${7*7}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '\u202eback to front',
  '👩‍🚀',
  'e\u0301',
  '\u00a0',
  '\ufeff',
  '\u2028',
  '\\',
  '"',
  'İ',
]

function words(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc
    .string({ unit: 'grapheme', minLength, maxLength })
    .filter((text) => text.length >= minLength && text.length <= maxLength)
}

function days(from: number, to: number): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date(`${from}-01-01`), max: new Date(`${to}-01-01`), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
}

function matching(pattern: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  const regExp = new RegExp(pattern, 'u')
  const fits = (text: string): boolean =>
    regExp.test(text) &&
    text.length >= minLength &&
    text.length <= maxLength &&
    !text.includes('\0')
  // It knows no looking ahead; whatever that may be, some plain words fit.
  if (/\(\?[=!<]/.test(pattern)) {
    const known = ['/orders/1?a=b', 'Олена', '01001', '+380441234567', 'O’Neil-Ковальчук'].filter(
      fits,
    )
    const plain = words(1, Math.min(maxLength, 30)).map((text) => (fits(text) ? text : known[0]!))
    return fc.oneof(plain, fc.constantFrom(...known))
  }
  return fc.stringMatching(regExp, { size: 'small' }).filter(fits)
}
