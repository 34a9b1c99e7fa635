/** Compares what was answered with what `/openapi.json` says can be answered. */
import Schema from 'typebox/schema'

import { good, type Exchange, type Journey } from './journey.ts'

/** Of HTTP itself: any address may answer these, so no operation lists them. */
const ANYWHERE: ReadonlySet<string> = new Set([
  'request.malformed',
  'request.method-not-allowed',
  'request.not-found',
  'request.too-many-headers',
  'request.url-too-long',
])

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, Response>>
}

interface Response {
  readonly content?: Readonly<
    Record<
      string,
      { readonly schema?: object; readonly examples?: Readonly<Record<string, unknown>> }
    >
  >
}

/** One sentence for every answer of this journey that the documentation does not know of. */
export async function undocumented(journey: Journey): Promise<string[]> {
  const { paths } = good(await journey.get('/openapi.json'))
  const checks = new Map<object, ReturnType<typeof Schema.Compile>>()
  const found = new Set<string>()
  for (const exchange of journey.seen) {
    const operation = operationOf(paths, exchange)
    if (operation === undefined) continue
    const complaint = complaintOf(exchange, operation, checks)
    if (complaint !== undefined) found.add(`${operation.operationId}: ${complaint}`)
  }
  return [...found].toSorted()
}

function operationOf(
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
  { method, path }: Exchange,
): Operation | undefined {
  const bare = path.split('?')[0] ?? ''
  // `/users/register` is an address of its own, not the user `register`.
  const exact = paths[bare]?.[method.toLowerCase()]
  if (exact !== undefined) return exact
  const fitting = Object.entries(paths).find(([template, methods]) => {
    const pattern = template.replace(/\{\w+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(bare) && method.toLowerCase() in methods
  })
  return fitting?.[1][method.toLowerCase()]
}

function complaintOf(
  { answer }: Exchange,
  { responses }: Operation,
  checks: Map<object, ReturnType<typeof Schema.Compile>>,
): string | undefined {
  const { status, body } = answer
  if (ANYWHERE.has(body?.code)) return undefined
  const response = responses[status]
  if (response === undefined)
    return `answered ${status} ${body?.code ?? ''}, which is not documented`
  if (status >= 400) {
    const known = response.content?.['application/problem+json']?.examples ?? {}
    return body?.code in known
      ? undefined
      : `answered ${status} with the unknown code ${body?.code}`
  }
  const schema = response.content?.['application/json']?.schema
  if (schema === undefined) return undefined
  const check = checks.get(schema) ?? Schema.Compile(schema)
  checks.set(schema, check)
  if (check.Check(body)) return undefined
  const [, errors] = check.Errors(body)
  return `answered ${status} with a body unlike its schema: ${JSON.stringify(errors.slice(0, 2))}`
}
