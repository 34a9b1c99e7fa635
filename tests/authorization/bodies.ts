/** Ways through the bodies of requests, and whether they left anything behind. */
import { setTimeout as sleep } from 'node:timers/promises'

import type { Journey, Json } from '../journeys/journey.ts'

type Way = readonly string[]

/**
 * The way to every object that a request has or could have by its schema: the whole body is the empty
 * way, `*` the first of a list. What people choose the names in, such as texts by language, is not one.
 */
export function objectsIn(schema: Json): Way[] {
  const found = new Map<string, Way>([['', []]])
  const walk = (node: Json, at: Way): void => {
    for (const each of node?.anyOf ?? []) walk(each, at)
    if (node?.type === 'array') walk(node.items, [...at, '*'])
    if (node?.type !== 'object' || node.properties === undefined) return
    found.set(at.join('.'), at)
    for (const [name, each] of Object.entries<Json>(node.properties)) walk(each, [...at, name])
  }
  if (schema !== undefined) walk(schema, [])
  return [...found.values()]
}

/** The body with more fields in the object at the end of the way, which is made if it is not there. */
export function putIn(body: Json, at: Way, fields: Readonly<Record<string, unknown>>): Json {
  let object = body
  for (const [index, step] of at.entries()) {
    const key: string | number = step === '*' ? 0 : step
    object[key] ??= at[index + 1] === '*' ? [] : {}
    object = object[key]
  }
  Object.assign(object, fields)
  return body
}

/** What is stored once nothing that was made is still being followed up. */
export async function quiet(journey: Journey): Promise<unknown> {
  for (let last = ''; ;) {
    const stored = JSON.stringify(await journey.stored())
    if (stored === last) return JSON.parse(stored)
    last = stored
    await sleep(400)
  }
}
