/** Compares what was answered with what the declaration says. */
import type { Answer, Json } from '../journeys/journey.ts'
import type { Asked, Cell } from './cells.ts'
import { GOOD } from './requests.ts'

/** Says nothing of whether there was anything to end. */
const SILENT: ReadonlySet<string> = new Set(['logout'])

/** One sentence for each answer that is not what follows from the declaration. */
export function mismatches(asked: readonly Asked[]): string[] {
  const missing = new Map<string, Asked>()
  for (const each of asked) {
    if (each.cell.whose === 'missing') missing.set(questionOf(each.cell), each)
  }
  return asked.flatMap((each) => {
    const why = complaint(each, missing.get(questionOf(each.cell))) ?? otherHead(each)
    if (why === undefined) return []
    const { operation, person, place, whose } = each.cell
    const where = place === undefined ? '' : ` (${place.in} ${place.at.join('.')}: ${whose})`
    return [
      `${operation.id} by ${person.name}${where} must be "${each.cell.expected}": ${why}; ` +
        `${each.answer.status} ${JSON.stringify(each.answer.body).slice(0, 300)}`,
    ]
  })
}

/** `HEAD` is a way round a gate that was built for `GET`. */
function otherHead({ answer, head }: Asked): string | undefined {
  if (head === undefined || (head.status === answer.status && head.body === '')) return undefined
  return `but its head says ${head.status}`
}

/** All that is asked of one place by one person. */
function questionOf({ operation, person, place }: Cell): string {
  return `${operation.id} ${person.name} ${place?.in} ${place?.at.join('.')}`
}

function complaint({ cell, answer, sent }: Asked, missing: Asked | undefined): string | undefined {
  const { status, body } = answer
  switch (cell.expected) {
    case 'token-invalid':
      return is(answer, 401, 'auth.token-invalid')
    case 'sign-in-first':
      return is(answer, 401, 'auth.required')
    case 'forbidden':
      return is(answer, 403, 'auth.forbidden')
    case 'unsigned':
      return is(answer, 403, 'payments.webhook-forged')
    case 'malformed': {
      const places = (body.errors ?? []).map((each: Json) => each.in)
      return (
        is(answer, 422, 'request.invalid') ??
        (places.includes(cell.place?.in) ? undefined : 'another place is blamed')
      )
    }
    case 'nothing': {
      const shut = isNothing(cell, answer) ? undefined : 'that is not what nothing looks like'
      if (shut !== undefined || missing === undefined) return shut
      const same = stripped(answer, sent) === stripped(missing.answer, missing.sent)
      return same ? undefined : `what is not there says ${stripped(missing.answer, missing.sent)}`
    }
    case 'opens': {
      const { orRefusal } = GOOD[cell.operation.id] ?? {}
      const isOpen = status === cell.operation.status || (status < 500 && body.code === orRefusal)
      return isOpen && (status < 400 || orRefusal !== undefined) ? undefined : 'it does not open'
    }
  }
}

function is({ status, body }: Answer, wanted: number, code: string): string | undefined {
  return status === wanted && body.code === code ? undefined : `not ${wanted} ${code}`
}

function isNothing({ operation, person, place }: Cell, { status, body }: Answer): boolean {
  if (SILENT.has(operation.id)) return status === 204
  if (status === 200 && operation.method === 'GET') return body.items?.length === 0
  // What a change says beside its address is refused in words of its own.
  const isSaid = place?.in === 'body' || (place?.in === 'query' && operation.method !== 'GET')
  if (isSaid) return status >= 400 && status < 500
  // Whose list it would be is known from the address alone, whether there is such a person or not.
  const isOfUser = place?.kind === 'user' && operation.access.whose === 'own'
  if (isOfUser && typeof person.is === 'object' && status === 403) return true
  return status === 404
}

/** An answer without what names the request or the object that was asked for. */
function stripped({ status, body }: Answer, sent: readonly string[]): string {
  const { instance: _, ...facts } = body as { instance?: string }
  const text = `${status} ${JSON.stringify(facts)}`
  return sent
    .filter((word) => word.length > 2)
    .reduce((rest, word) => rest.replaceAll(word, '…'), text)
}
