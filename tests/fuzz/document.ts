/** What the running shop says of itself at `/openapi.json`, as far as the fuzzer needs it. */
import Schema from 'typebox/schema'

import { good, type Journey, type Json } from '../journeys/journey.ts'

/** A JSON schema as the document holds it. */
export type Shape = Readonly<Record<string, Json>>

/** One input beside the body. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Shape
}

/** One answer an operation says it gives. */
export interface Documented {
  /** By media type; a type without a check has no schema. */
  readonly types: ReadonlyMap<string, Check | undefined>
  /** The codes of its problem documents. */
  readonly codes: ReadonlySet<string>
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  /** Who may call it: `anyone`, `signed-in`, or roles. */
  readonly who: string | readonly string[]
  readonly parameters: readonly Parameter[]
  readonly body: Shape | undefined
  readonly bodyRequired: boolean
  /** Takes bytes of any type. */
  readonly isUpload: boolean
  /** Opens a connection that stays (RFC 6455). */
  readonly isSocket: boolean
  readonly checkBody: Check
  readonly takesKey: boolean
  readonly responses: ReadonlyMap<number, Documented>
}

/** Says what is wrong with a value; undefined when nothing is. */
export type Check = (value: unknown) => string | undefined

export interface Document {
  readonly operations: readonly Operation[]
  /** Every problem code any operation names. */
  readonly codes: ReadonlySet<string>
  readonly checkProblem: Check
  /** The operation that serves an address, if one does. */
  at(method: string, path: string): Operation | undefined
}

/** A check of one schema, made when it is first needed: most are never. */
export function checkOf(schema: Shape): Check {
  let made: ReturnType<typeof Schema.Compile> | undefined
  return (value) => {
    made ??= Schema.Compile(schema)
    if (made.Check(value)) return undefined
    const [, errors] = made.Errors(value)
    return errors
      .slice(0, 2)
      .map((error) => `${error.instancePath || '/'} ${error.message}`)
      .join('; ')
  }
}

export async function readDocument(journey: Journey): Promise<Document> {
  const { paths, components } = good(await journey.get('/openapi.json'))
  const problem: Shape = components.schemas.Problem
  const operations = Object.entries<Json>(paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, each]) => operationOf(method, path, each, problem)),
  )
  const codes = new Set(
    operations.flatMap(({ responses }) =>
      [...responses.values()].flatMap(({ codes: its }) => [...its]),
    ),
  )
  const patterns = operations.map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  return {
    operations,
    codes,
    checkProblem: checkOf(problem),
    at(method, path) {
      const bare = path.split('?')[0] ?? ''
      const fits = patterns.filter(
        ({ operation, pattern }) => operation.method === method && pattern.test(bare),
      )
      // `/users/register` is an address of its own, not the user `register`.
      return (fits.find(({ operation }) => operation.path === bare) ?? fits[0])?.operation
    },
  }
}

function operationOf(method: string, path: string, said: Json, problem: Shape): Operation {
  const parameters: readonly Parameter[] = said.parameters ?? []
  const body: Shape | undefined = said.requestBody?.content['application/json']?.schema
  return {
    id: said.operationId,
    method: method.toUpperCase(),
    path,
    who: said['x-authz'].who,
    parameters: parameters.filter(({ name }) => !/idempotency-key$/i.test(name)),
    body,
    bodyRequired: said.requestBody?.required === true,
    isUpload: '*/*' in (said.requestBody?.content ?? {}),
    isSocket: '101' in said.responses,
    checkBody: checkOf(body ?? { type: 'object', additionalProperties: false }),
    takesKey: parameters.some(({ name }) => name === 'Idempotency-Key'),
    responses: new Map(
      Object.entries<Json>(said.responses).map(([status, response]) => [
        Number(status),
        documented(response, problem),
      ]),
    ),
  }
}

function documented({ content = {} }: Json, problem: Shape): Documented {
  const types = new Map<string, Check | undefined>()
  const codes = new Set<string>()
  for (const [type, { schema, examples = {} }] of Object.entries<Json>(content)) {
    const shape = schema?.$ref === undefined ? schema : problem
    const isGood = type === 'application/json'
    types.set(type, shape === undefined ? undefined : checkOf(isGood ? closed(shape) : shape))
    for (const code of Object.keys(examples)) codes.add(code)
  }
  return { types, codes }
}

/** A copy in which an object has no field but those that are named: what is not promised is not sent. */
function closed(node: Json): Json {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(
    Object.entries<Json>(node).map(([key, value]) => [
      key,
      key === 'properties'
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]))
        : closed(value),
    ]),
  )
  const isOpen =
    copy['additionalProperties'] === undefined && copy['patternProperties'] === undefined
  if (copy['properties'] !== undefined && isOpen) copy['additionalProperties'] = false
  return copy
}
