import { useState, type SubmitEvent } from 'react'

import { useOwnAgain } from '../cart/own.ts'
import { usePaths, useTexts } from '../shop.ts'

/**
 * Keeps a product on the wishlist, or takes it off. Pages are the same for everybody, so whether it is on
 * it comes with the rest of what is the visitor's own; without scripts it is a form that keeps it.
 */
export function Heart({
  id,
  sku,
  name,
}: {
  readonly id: string
  readonly sku?: string
  readonly name: string
}) {
  const paths = usePaths()
  const { product: texts } = useTexts()
  const [own, askAgain] = useOwnAgain()
  const [asked, setAsked] = useState<boolean>()
  const [problem, setProblem] = useState('')
  const isWished = asked ?? own?.wishes?.includes(id) ?? false
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (asked !== undefined) return
    const body = new FormData(event.currentTarget)
    setAsked(!isWished)
    const { sendWish } = await import('./send-wish.ts')
    setProblem(await sendWish(paths.wish(), body, texts.wishFailed))
    await askAgain()
    setAsked(undefined)
  }
  return (
    <form
      method="post"
      action={paths.wish()}
      onSubmit={(event) => void send(event)}
      className="wish"
    >
      {isWished ? <input type="hidden" name="intent" value="remove" /> : null}
      <input type="hidden" name="product" value={id} />
      {sku === undefined ? null : <input type="hidden" name="sku" value={sku} />}
      <button aria-label={texts.wish(name)} aria-pressed={isWished}>
        <span className="heart" />
      </button>
      {problem === '' ? null : (
        <p role="alert" className="notice max-w-44 text-xs text-bad">
          {problem}
        </p>
      )}
    </form>
  )
}
