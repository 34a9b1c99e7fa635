import type { RouterContextProvider } from 'react-router'

import type { paths } from '../../api.d.ts'
import { apiOf } from '../../lib/api.ts'
import { textIn } from '../../lib/form.ts'
import { tokenOf } from '../../lib/orders.ts'
import { returnsTextsOf } from '../../lib/texts/returns.ts'
import { visitContext } from '../../visit.ts'

type Body =
  paths['/api/v1/orders/{id}/returns']['post']['requestBody']['content']['application/json']
type Reason = Body['reason']

/** In the order in which they are offered. */
export const REASONS: readonly Reason[] = [
  'wrong-size',
  'changed-mind',
  'damaged',
  'wrong-item',
  'not-as-described',
  'other',
]

/** What was typed, to be shown again, and what is wrong with it. */
export interface Refused {
  readonly units: Readonly<Record<string, string>>
  readonly reason: string
  readonly comment: string
  readonly about: 'units' | 'reason' | 'all'
  readonly message: string
}

/** Fields of the form that say how many of a SKU. */
export const UNITS = 'units.'

/** Asks for a return as the form says; the id of what was asked for, or what to correct. */
export async function askReturn(
  context: Readonly<RouterContextProvider>,
  orderId: string,
  form: FormData,
): Promise<{ readonly id: string } | Refused> {
  const texts = returnsTextsOf(context.get(visitContext).language)
  const units = Object.fromEntries(
    [...form.keys()]
      .filter((each) => each.startsWith(UNITS))
      .map((each) => [each.slice(UNITS.length), textIn(form, each)]),
  )
  const [reason, comment] = [textIn(form, 'reason'), textIn(form, 'comment')]
  const refused = (about: Refused['about'], problem: { readonly code: string }): Refused => ({
    units,
    reason,
    comment,
    about,
    message: texts.problem(problem),
  })
  const lines = Object.entries(units).flatMap(([sku, text]) => {
    const quantity = Number(text)
    return text === '' || quantity === 0 ? [] : [{ sku, quantity }]
  })
  if (lines.length === 0) return refused('units', { code: 'nothing' })
  const known = REASONS.find((each) => each === reason)
  if (known === undefined) return refused('reason', { code: 'reason' })
  const { data, error } = await apiOf(context).POST('/api/v1/orders/{id}/returns', {
    params: {
      path: { id: orderId },
      header: { ...tokenOf(context, orderId), 'Idempotency-Key': textIn(form, 'key') },
    },
    body: { lines, reason: known, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) },
  })
  if (data !== undefined) return { id: data.id }
  const problem = error as { readonly code: string }
  return refused(problem.code === 'returns.too-many-units' ? 'units' : 'all', problem)
}
