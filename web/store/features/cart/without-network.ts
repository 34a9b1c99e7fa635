import type { CartAnswer } from '../../lib/cart/change.ts'
import { textIn } from '../../lib/form.ts'
import { wait } from '../../lib/offline/outbox.ts'
import { offlineTextsOf } from '../../lib/offline/texts.ts'

/** What a form of the cart is answered with by the browser itself. */
export async function withoutNetwork(form: FormData): Promise<CartAnswer> {
  const sku = textIn(form, 'sku')
  const isAdding = form.get('intent') === 'add'
  if (isAdding && (await waits(form, sku))) return { ok: true, count: 0, isWaiting: true }
  const { unchanged: message } = offlineTextsOf(document.documentElement.lang)
  return { ok: false, code: 'offline', message, sku }
}

/** False where the browser keeps nothing: then it is told that nothing was added. */
async function waits(form: FormData, sku: string): Promise<boolean> {
  const key = textIn(form, 'key') || crypto.randomUUID()
  const quantity = Number(textIn(form, 'quantity') || 1)
  try {
    return await wait({ key, sku, quantity, name: textIn(form, 'name') || sku, at: Date.now() })
  } catch {
    // A private window may have no place for it.
    return false
  }
}
