import { useEffect, useRef } from 'react'
import { useFetcher, useLocation } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { moneyText } from '../format.ts'
import { Picture } from '../picture.tsx'
import { useHere, usePaths } from '../shop.ts'
import { useCartTexts } from '../texts/cart.ts'
import type { ShownLine } from './cart-of.ts'
import { useOwnNow } from './own.ts'

/** The cart beside the page. The browser's own dialog keeps the focus, closes by Esc and gives it back. */
export function CartDrawer({ onClose }: { readonly onClose: () => void }) {
  const texts = useCartTexts()
  const cart = useOwnNow().own?.cart ?? null
  const dialog = useRef<HTMLDialogElement>(null)
  const { key } = useLocation()
  const opened = useRef(key)
  // The dialog says that it is closed a moment later; by then it may have been opened again.
  const leave = (): void => {
    dialog.current?.close()
    onClose()
  }
  useEffect(() => {
    const box = dialog.current
    if (box === null) return
    if (!box.open) box.showModal()
    // A click beside it is one on the dialog itself; by keyboard it is Esc.
    const leaveBeside = ({ target }: MouseEvent) => {
      if (target === box) leave()
    }
    box.addEventListener('click', leaveBeside)
    return () => box.removeEventListener('click', leaveBeside)
  })
  useEffect(() => {
    if (key !== opened.current) dialog.current?.close()
  }, [key])
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      aria-labelledby="drawer-title"
      className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-full max-w-md border-l border-line bg-paper text-ink backdrop:bg-black/50"
    >
      <div className="flex h-full flex-col">
        <div className="flex items-center justify-between border-b border-line px-5 py-3">
          <h2 id="drawer-title" className="text-xl font-bold">
            {texts.title}
          </h2>
          <button
            type="button"
            className="button-quiet text-2xl leading-none"
            aria-label={texts.close}
            onClick={leave}
          >
            ×
          </button>
        </div>
        {cart === null || cart.lines.length === 0 ? (
          <div className="m-auto max-w-xs p-6 text-center">
            <p className="text-lg font-bold">{texts.empty}</p>
            <p className="mt-2 text-muted">{texts.emptyMore}</p>
          </div>
        ) : (
          <>
            <ul className="flex-1 divide-y divide-line overflow-y-auto px-5">
              {cart.lines.map((line) => (
                <DrawerLine key={line.sku} line={line} />
              ))}
            </ul>
            <DrawerEnd total={cart.total} />
          </>
        )}
      </div>
    </dialog>
  )
}

function DrawerLine({ line }: { readonly line: ShownLine }) {
  const { language } = useHere()
  const cart = useCartTexts()
  const paths = usePaths()
  const fetcher = useFetcher({ key: `line-${line.sku}` })
  const { sku, name, slug, options, picture, quantity, total, heldUntil } = line
  return (
    <li
      className={`grid grid-cols-[4.5rem_1fr_auto] gap-x-4 py-4 ${fetcher.state === 'idle' ? '' : 'opacity-50'}`}
    >
      <div className="self-start overflow-hidden rounded-card border border-line">
        <Picture asset={picture} sizes="72px" />
      </div>
      <div className="min-w-0">
        <p className="leading-snug font-medium wrap-anywhere">
          {slug === null ? name : <Link to={paths.product(slug)}>{name}</Link>}
        </p>
        <p className="text-sm text-muted">
          {[options, `× ${quantity}`].filter((each) => each !== '').join(' · ')}
        </p>
        {heldUntil === null ? <p className="text-sm text-bad">{cart.notHeld}</p> : null}
        <fetcher.Form method="post" action={paths.cart()}>
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="sku" value={sku} />
          <button
            className="-ml-3 button-quiet text-sm text-muted underline"
            aria-label={cart.removeOf(name)}
          >
            {cart.remove}
          </button>
        </fetcher.Form>
      </div>
      <p className="font-bold whitespace-nowrap">{moneyText(total, language)}</p>
    </li>
  )
}

function DrawerEnd({ total }: { readonly total: Parameters<typeof moneyText>[0] }) {
  const { language } = useHere()
  const cart = useCartTexts()
  const paths = usePaths()
  return (
    <div className="space-y-2 border-t border-line p-5">
      <p className="flex justify-between text-lg font-bold">
        <span>{cart.withoutDelivery}</span>
        <span>{moneyText(total, language)}</span>
      </p>
      <Link to={paths.checkout('contact')} className="button w-full">
        {cart.toCheckout}
      </Link>
      <Link to={paths.cart()} className="button-quiet w-full border border-line">
        {cart.toCart}
      </Link>
    </div>
  )
}
