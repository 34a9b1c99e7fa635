import { useState, type MouseEvent } from 'react'

import { useOwnNow } from '../cart/own.ts'
import { usePaths, useTexts } from '../shop.ts'

/** What hearts belong to without scripts: one form for all of a page, wherever they stand. */
const FORM = 'wish'

/** Stands once in the frame. */
export function HeartForm() {
  return <form id={FORM} method="post" action={usePaths().wish()} />
}

/**
 * Keeps a product on the wishlist, or takes it off. Pages are the same for everybody, so whether it is on
 * it comes with the rest of what is the visitor's own; without scripts it is a button that keeps it.
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
  const { own, askAgain } = useOwnNow()
  const [asked, setAsked] = useState<boolean>()
  const [problem, setProblem] = useState('')
  const isWished = asked ?? own?.wishes?.includes(id) ?? false
  const send = async (event: MouseEvent<HTMLButtonElement>) => {
    event.preventDefault()
    if (asked !== undefined) return
    const { name: field, value } = event.currentTarget
    const body = new URLSearchParams({ [field]: value })
    if (isWished) body.set('intent', 'remove')
    setAsked(!isWished)
    try {
      const { sendWish } = await import('./send-wish.ts')
      setProblem(await sendWish(paths.wish(), body, texts.wishFailed))
      await askAgain()
    } catch {
      // The script did not come: no network, or a build that has it under another name.
      setProblem(texts.wishFailed)
    } finally {
      setAsked(undefined)
    }
  }
  return (
    <>
      <button
        form={FORM}
        name="product"
        value={sku === undefined ? id : `${id} ${sku}`}
        aria-label={texts.wish(name)}
        aria-pressed={isWished}
        onClick={(event) => void send(event)}
        className="wish"
      />
      {problem === '' ? null : (
        <p role="alert" className="notice wish-problem">
          {problem}
        </p>
      )}
    </>
  )
}
