import { useState, type SubmitEvent } from 'react'
import { useFetcher } from 'react-router'

import type { Own } from '../cart/own.ts'
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
  const { data, load } = useFetcher<Own>({ key: 'own' })
  const [asked, setAsked] = useState<boolean>()
  const [problem, setProblem] = useState('')
  const isWished = asked ?? data?.wishes?.includes(id) ?? false
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (asked !== undefined) return
    const body = new FormData(event.currentTarget)
    setAsked(!isWished)
    const { sendWish } = await import('./send-wish.ts')
    setProblem(await sendWish(paths.wish(), body, texts.wishFailed))
    await load(paths.own())
    setAsked(undefined)
  }
  return (
    <form
      method="post"
      action={paths.wish()}
      onSubmit={(event) => void send(event)}
      className="absolute top-2 right-2 z-10 flex flex-col items-end gap-1"
    >
      <input type="hidden" name="intent" value={isWished ? 'remove' : 'add'} />
      <input type="hidden" name="product" value={id} />
      {sku === undefined ? null : <input type="hidden" name="sku" value={sku} />}
      <button
        aria-label={texts.wish(name)}
        aria-pressed={isWished}
        className="grid size-11 place-items-center rounded-full border border-line bg-card text-muted hover:text-accent aria-pressed:text-accent"
      >
        <HeartSign isFull={isWished} />
      </button>
      {problem === '' ? null : (
        <p role="alert" className="notice max-w-44 text-xs text-bad">
          {problem}
        </p>
      )}
    </form>
  )
}

export function HeartSign({ isFull = false }: { readonly isFull?: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`size-6 stroke-current ${isFull ? 'fill-current' : 'fill-none'}`}
      strokeWidth="1.8"
      aria-hidden="true"
    >
      <path d="M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z" />
    </svg>
  )
}
