import { useLocation } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { useOwnNow } from '../../lib/cart/own.ts'
import { usePaths, useTexts } from '../../lib/shop.ts'

/**
 * To one's own pages. Pages are the same for everybody, so the name comes with the rest of what is the
 * visitor's own, which the cart asks for; until then, and without scripts, it says where it leads.
 */
export function AccountLink() {
  const { shell } = useTexts()
  const paths = usePaths()
  const { pathname, search } = useLocation()
  const name = useOwnNow().own?.name ?? null
  const to = name === null ? paths.signInFor(pathname + search) : paths.account()
  return (
    <Link
      to={to}
      rel="nofollow"
      className="button-quiet min-w-11 gap-2"
      aria-label={name === null ? shell.account : shell.accountOf(name)}
    >
      <svg
        viewBox="0 0 24 24"
        className="size-6 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <circle cx="12" cy="8" r="4" />
        <path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6" />
      </svg>
      <span className="hidden max-w-32 truncate md:block">{name ?? shell.account}</span>
    </Link>
  )
}
