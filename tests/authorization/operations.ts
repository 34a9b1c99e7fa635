/** The operations of a running server, as it documents them, and every place in them where an id goes. */
import Schema from 'typebox/schema'

import type { Access } from '../../server/platform/http/route.ts'
import type { Json } from '../journeys/journey.ts'
import { kindOf, type Kind } from './kinds.ts'

/** A place in a request that takes a text. */
export interface Place {
  readonly in: 'path' | 'query' | 'body'
  /** The names on the way to it; `*` is every item of a list. */
  readonly at: readonly string[]
  readonly kind: Kind
  /** A text its schema refuses; absent where any text will do. */
  readonly malformed?: string
}

export interface Operation {
  readonly id: string
  readonly method: string
  /** With `{names}`. */
  readonly path: string
  readonly tag: string
  /** Of the platform itself: no shop, no token. */
  readonly isPlatform: boolean
  readonly access: Access
  readonly status: number
  readonly body: Json
  /** Takes bytes of any type instead of JSON. */
  readonly isUpload: boolean
  /** Words of its query, whether they name something or not. */
  readonly asks: readonly string[]
  /** Places that hold an id, never plain text. */
  readonly places: readonly Place[]
  readonly hasItems: boolean
}

/**
 * Reads a served OpenAPI document. Throws, naming it, for a text of which nobody has said whether it
 * is an id and of what: a new route does not slip past the matrix.
 */
export function operationsIn(document: Json): Operation[] {
  const unknown: string[] = []
  const operations = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, said]): Operation => {
      const body = said.requestBody?.content['application/json']?.schema
      const texts = [
        ...(said.parameters ?? [])
          .filter((each: Json) => each.in !== 'header')
          .flatMap((each: Json) => textsIn(each.schema, each.in, [each.name])),
        ...textsIn(body ?? {}, 'body', []),
      ]
      const places = texts.flatMap(({ schema, ...text }): Place[] => {
        const kind = kindOf({ operation: said.operationId, path, ...text })
        if (kind === undefined) {
          unknown.push(`${said.operationId}: ${text.in} ${text.at.join('.')}`)
        }
        if (kind === undefined || kind === 'plain') return []
        const malformed = malformedFor(schema)
        return [{ ...text, kind, ...(malformed === undefined ? {} : { malformed }) }]
      })
      const status = Number(Object.keys(said.responses).find((each) => each.startsWith('2')))
      const answer = said.responses[status]?.content?.['application/json']?.schema
      return {
        id: said.operationId,
        method: method.toUpperCase(),
        path,
        tag: said.tags[0],
        isPlatform: said.tags.includes('platform'),
        access: said['x-authz'],
        status,
        body,
        isUpload: said.requestBody !== undefined && body === undefined,
        asks: (said.parameters ?? [])
          .filter((each: Json) => each.in === 'query')
          .map(({ name }: Json) => name),
        places: once(places),
        hasItems: answer?.properties?.items !== undefined,
      }
    }),
  )
  if (unknown.length > 0) {
    throw new Error(`nobody has said what goes here (kinds.ts):\n${unknown.join('\n')}`)
  }
  return operations
}

/** Kinds of one body often share a field. */
function once(places: readonly Place[]): Place[] {
  const seen = new Map(places.map((place) => [`${place.in} ${place.at.join('.')}`, place]))
  return [...seen.values()]
}

interface Text {
  readonly in: Place['in']
  readonly at: readonly string[]
  readonly schema: Json
}

/** Every text that a schema names, with the way to it. What people choose names for is not walked. */
function textsIn(schema: Json, part: Place['in'], at: readonly string[]): Text[] {
  if (schema.anyOf !== undefined) {
    return schema.anyOf.flatMap((each: Json) => textsIn(each, part, at))
  }
  if (schema.type === 'array') return textsIn(schema.items, part, [...at, '*'])
  if (schema.type === 'object') {
    return Object.entries<Json>(schema.properties ?? {}).flatMap(([name, each]) =>
      textsIn(each, part, [...at, name]),
    )
  }
  const isChoice = schema.enum !== undefined || schema.const !== undefined
  const isText = schema.type === 'string' && !isChoice
  return isText ? [{ in: part, at, schema }] : []
}

/** The first of a few bad texts that the schema refuses. */
function malformedFor(schema: Json): string | undefined {
  const { maxLength } = schema
  const bad = ['!no id!', ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)])]
  return bad.find((text) => !Schema.Check(schema, text))
}
