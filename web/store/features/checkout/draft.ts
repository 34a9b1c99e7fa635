import { redirect, type RouterContextProvider } from 'react-router'

import type { CheckoutDraft } from '../../../../server/pages/contract.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import type { CheckoutStep } from '../../paths.ts'
import { visitContext } from '../../visit.ts'

type Context = Readonly<RouterContextProvider>

export type Field = Exclude<keyof CheckoutDraft, 'key' | 'asked'>

/** Where nobody comes to the buyer. */
export const COLLECTED = 'pickup'

/** What each field takes: the same that the API takes, said where it is typed. */
const FORMS: Readonly<Record<Field, RegExp>> = {
  phone: /^\+?[\d\s().-]{7,25}$/,
  email: /^[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}$/,
  name: /^(?!\s*$).{2,100}$/,
  country: /^[A-Z]{2}$/,
  city: /^(?!\s*$).{1,80}$/,
  line1: /^(?!\s*$).{2,120}$/,
  line2: /^.{0,80}$/,
  postalCode: /^[\p{L}\d -]{0,12}$/u,
  delivery: /^\S{1,32}$/,
  payment: /^\S{1,32}$/,
}

/** More than any field takes; a cookie has little room. */
const MOST_TYPED = 130

const OPTIONAL: readonly Field[] = ['line2', 'postalCode']

/** The fields of each step, in the order they are asked. */
const FIELDS: Readonly<Record<Exclude<CheckoutStep, 'review'>, readonly Field[]>> = {
  contact: ['phone', 'email', 'name'],
  address: ['country', 'city', 'line1', 'line2', 'postalCode'],
  delivery: ['delivery'],
  payment: ['payment'],
}

export function draftOf(context: Context): CheckoutDraft {
  return context.get(visitContext).session.read().checkout ?? {}
}

/** What is kept is another order than before, so it gets a key of its own. */
export function keepDraft(context: Context, said: Partial<CheckoutDraft>): void {
  const { session } = context.get(visitContext)
  const { key: _, asked: __, ...before } = session.read().checkout ?? {}
  session.write({ ...session.read(), checkout: { ...before, ...said } })
}

/** The first step that is not done; `review` when everything has been said. */
export function stepOf(draft: CheckoutDraft): CheckoutStep {
  if (!isSaid(draft, 'contact')) return 'contact'
  if (draft.delivery !== COLLECTED && !isSaid(draft, 'address')) return 'address'
  if (!isSaid(draft, 'delivery')) return 'delivery'
  return isSaid(draft, 'payment') ? 'review' : 'payment'
}

function isSaid(draft: CheckoutDraft, step: keyof typeof FIELDS): boolean {
  return FIELDS[step].every((field) => fits(field, draft[field]))
}

function fits(field: Field, value = ''): boolean {
  return value === '' ? OPTIONAL.includes(field) : FORMS[field].test(value)
}

/** Whatever a form says of the order, right or wrong: it is judged when it is sent. */
export function typedIn(form: FormData): CheckoutDraft {
  const typed = Object.values(FIELDS)
    .flat()
    .flatMap((field) => {
      const value = form.get(field)
      return typeof value === 'string' ? [[field, value.trim().slice(0, MOST_TYPED)]] : []
    })
  return Object.fromEntries(typed) as CheckoutDraft
}

/** Keeps what a step was told and goes on, or names the fields that are wrong. */
export async function saveStep(
  context: Context,
  request: Request,
  step: keyof typeof FIELDS,
): Promise<{ readonly wrong: readonly Field[] }> {
  const typed = typedIn(await request.formData())
  const collects = step === 'address' && draftOf(context).delivery === COLLECTED
  keepDraft(context, { ...typed, ...(collects ? { delivery: '' } : {}) })
  const wrong = wrongIn(typed, step)
  if (wrong.length > 0) return { wrong }
  throw redirect(pathsOf(context).checkout(stepOf(draftOf(context))), 303)
}

/** The fields of a step that are not what they should be. */
export function wrongIn(typed: CheckoutDraft, step: keyof typeof FIELDS): readonly Field[] {
  return FIELDS[step].filter((field) => !fits(field, typed[field]))
}

/** Nobody skips a step: who comes too early is shown the one that is next. */
export function mustBeAt(context: Context, step: CheckoutStep): void {
  const order: readonly CheckoutStep[] = ['contact', 'address', 'delivery', 'payment', 'review']
  const first = stepOf(draftOf(context))
  if (order.indexOf(step) > order.indexOf(first)) throw redirect(pathsOf(context).checkout(first))
}
