import type { CartAnswer } from '../cart/change.ts'
import type { Waiting } from './outbox.ts'

/** What became of it: it is in the cart, was refused, or has to wait on. */
export type Sent =
  | { readonly state: 'added' }
  | { readonly state: 'refused'; readonly why: string }
  | { readonly state: 'waits' }

/** Sends what waited once more; only an answer of the shop ends the waiting. */
export async function send(path: string, { key, sku, quantity }: Waiting): Promise<Sent> {
  const body = new FormData()
  for (const [name, value] of Object.entries({ key, sku, quantity: String(quantity) })) {
    body.set(name, value)
  }
  try {
    const answer = await fetch(path, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    })
    if (answer.status >= 500) return { state: 'waits' }
    const said = (await answer.json()) as CartAnswer
    if (said.ok) return { state: 'added' }
    const isAway = said.code === 'platform.unavailable'
    return isAway ? { state: 'waits' } : { state: 'refused', why: said.message }
  } catch {
    // There is no network yet, whatever the browser believes (`navigator.onLine` lies).
    return { state: 'waits' }
  }
}
