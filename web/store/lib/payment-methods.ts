import type { RouterContextProvider } from 'react-router'

import { visitContext } from '../visit.ts'
import { apiOf } from './api.ts'

/** A way to pay and what it is called here. */
export interface PaymentMethod {
  readonly method: string
  readonly name: string
}

/**
 * The ways to pay that the shop's provider takes and these pages can offer: one that needs the
 * provider's own form in the browser is none of them.
 */
export async function paymentMethods(
  context: Readonly<RouterContextProvider>,
): Promise<readonly PaymentMethod[]> {
  const { language } = context.get(visitContext)
  const { data } = await apiOf(context).GET('/api/v1/payments/methods', {
    params: { query: { lang: language } },
  })
  return (data?.items ?? []).filter(({ needsToken }) => !needsToken)
}

/** What a way to pay is called; one that is no longer offered goes by its code. */
export function methodName(methods: readonly PaymentMethod[], method: string): string {
  return methods.find((each) => each.method === method)?.name ?? method
}
