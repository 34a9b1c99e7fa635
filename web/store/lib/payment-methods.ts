import type { RouterContextProvider } from 'react-router'

import { visitContext } from '../visit.ts'
import { apiOf } from './api.ts'

/** A way to pay and what it is called here. */
export interface PaymentMethod {
  readonly method: string
  readonly name: string
}

/** Who moves the money, and how. */
export interface Paying {
  readonly methods: readonly PaymentMethod[]
  /** Null where it could not be asked. */
  readonly provider: { readonly name: string; readonly isTest: boolean } | null
}

/** The ways to pay alone, where nobody is told who moves the money. */
export async function paymentMethods(
  context: Readonly<RouterContextProvider>,
): Promise<readonly PaymentMethod[]> {
  return (await payingIn(context)).methods
}

/**
 * The ways to pay that the shop's provider takes and these pages can offer: one that needs the
 * provider's own form in the browser is none of them.
 */
export async function payingIn(context: Readonly<RouterContextProvider>): Promise<Paying> {
  const { language } = context.get(visitContext)
  const { data } = await apiOf(context).GET('/api/v1/payments/methods', {
    params: { query: { lang: language } },
  })
  return {
    methods: (data?.items ?? []).filter(({ needsToken }) => !needsToken),
    provider: data?.provider ?? null,
  }
}

/** What a way to pay is called; one that is no longer offered goes by its code. */
export function methodName(methods: readonly PaymentMethod[], method: string): string {
  return methods.find((each) => each.method === method)?.name ?? method
}
