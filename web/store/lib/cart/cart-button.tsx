import { lazy, Suspense, useState, type MouseEvent } from 'react'

import { Link } from '../../../kit/link.tsx'
import { usePaths, useTexts } from '../shop.ts'
import { useOwnNow } from './own.ts'

const CartDrawer = lazy(async () => ({ default: (await import('./cart-drawer.tsx')).CartDrawer }))

/** The way to the cart with how much is in it; with scripts it opens beside the page. */
export function CartButton() {
  const paths = usePaths()
  const { shell } = useTexts()
  const { own } = useOwnNow()
  const [isOpen, setIsOpen] = useState(false)
  const count = own?.cart?.count ?? 0
  const open = (event: MouseEvent) => {
    // In a new tab it is the page; on the page of the cart there is nothing to open.
    const isAlike = event.ctrlKey || event.metaKey || event.shiftKey
    if (isAlike || location.pathname === paths.cart()) return
    event.preventDefault()
    setIsOpen(true)
  }
  return (
    <>
      <Link
        to={paths.cart()}
        onClick={open}
        className="button-quiet relative"
        aria-haspopup="dialog"
      >
        <svg viewBox="0 0 24 24" className="size-6 fill-none stroke-current" aria-hidden="true">
          <path
            strokeWidth="1.8"
            strokeLinejoin="round"
            d="M5 8h14l-1 12H6zM9 10V7a3 3 0 0 1 6 0v3"
          />
        </svg>
        <span className="ml-2 max-sm:sr-only">{shell.cart}</span>
        {count === 0 ? null : (
          <span
            aria-hidden="true"
            className="absolute top-0.5 left-7 min-w-5 rounded-full bg-accent px-1 text-center text-xs leading-5 font-bold text-on-accent"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
      <span className="sr-only" aria-live="polite">
        {own === undefined ? '' : shell.cartWith(count)}
      </span>
      {isOpen ? (
        <Suspense fallback={null}>
          <CartDrawer onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
