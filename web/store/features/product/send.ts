import type { RouterContextProvider } from 'react-router'

import { apiOf } from '../../lib/api.ts'
import { textIn } from '../../lib/form.ts'
import { visitContext } from '../../visit.ts'

/** What is wrong with what was written, by what says it; `form` is not the fault of a field. */
export type Wrong = Partial<
  Readonly<{
    rating: 'ratingMissing'
    text: 'textMissing'
    name: 'nameMissing'
    form: 'alreadyWritten' | 'tooMany' | 'failed'
  }>
>

type Sent =
  | { readonly status: 'waiting' | 'shown' | 'refused' }
  | { readonly wrong: Wrong; readonly written: Written }
  | { readonly isUnknown: true }

export interface Written {
  readonly about: 'review' | 'question'
  readonly rating: number
  readonly title: string
  readonly text: string
  readonly name: string
}

/** What a form says, whatever sent it. */
export function writtenIn(form: FormData): Written {
  const said = (name: string): string => textIn(form, name).trim()
  return {
    about: said('about') === 'question' ? 'question' : 'review',
    rating: Number(said('rating')),
    title: said('title'),
    text: said('text'),
    name: said('name'),
  }
}

/** A review or a question goes to the shop; the key makes two clicks one. */
export async function send(
  context: Readonly<RouterContextProvider>,
  productId: string,
  written: Written,
  key: string,
): Promise<Sent> {
  const wrong = wrongWith(written)
  if (Object.keys(wrong).length > 0) return { wrong, written }
  const { about, rating, title, text, name } = written
  const { language } = context.get(visitContext)
  const api = apiOf(context)
  const params = {
    path: { id: productId },
    ...(key === '' ? {} : { header: { 'Idempotency-Key': key } }),
  }
  const body = { name, text, language }
  const { data, response } = await (about === 'question'
    ? api.POST('/api/v1/products/{id}/questions', { params, body })
    : api.POST('/api/v1/products/{id}/reviews', {
        params,
        body: { ...body, rating, ...(title === '' ? {} : { title }) },
      }))
  if (data !== undefined) return { status: data.status }
  if (response.status === 401) return { isUnknown: true }
  return { wrong: { form: REFUSALS[response.status] ?? 'failed' }, written }
}

const REFUSALS: Readonly<Record<number, NonNullable<Wrong['form']>>> = {
  409: 'alreadyWritten',
  429: 'tooMany',
}

function wrongWith({ about, rating, text, name }: Written): Wrong {
  const isRated = Number.isInteger(rating) && rating >= 1 && rating <= 5
  return {
    ...(about === 'review' && !isRated ? { rating: 'ratingMissing' } : {}),
    ...(text === '' ? { text: 'textMissing' } : {}),
    ...(name === '' ? { name: 'nameMissing' } : {}),
  } as Wrong
}
