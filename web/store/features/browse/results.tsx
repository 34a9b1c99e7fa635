import { useEffect, useRef } from 'react'
import { useNavigation } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { ProductCard } from '../../lib/product-card.tsx'
import { useHere } from '../../lib/shop.ts'
import { following, linkOf, tidied } from './address.ts'
import type { List } from './list.ts'
import type { ListAddress } from './use-address.ts'
import { usePages } from './use-pages.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'

/** The products, page after page; each page has an address, and without scripts each is a page. */
export function Results({ list, address }: { readonly list: List; readonly address: ListAddress }) {
  const browse = useBrowseTexts()
  const { path, params } = address
  const start = linkOf(path, tidied(params))
  const { currency } = useHere()
  // Pages that were kept in another currency are of another list.
  const pages = usePages(`${start} ${currency}`, list)
  const items = useRef<HTMLUListElement>(null)
  const isAsked = useRef(false)
  const { state, location } = useNavigation()
  const isLoadingMore = state === 'loading' && location.search.includes('after=')
  const shown = pages.flatMap((page) => page.items)
  const from = shown.length - list.items.length
  useEffect(() => {
    if (!isAsked.current) return
    isAsked.current = false
    // The first of the new ones: the link may be gone, and is below what one wants to read next.
    const link = items.current?.children[from]?.querySelector('a')
    link?.focus({ preventScroll: true })
  }, [list.after, from])
  const isFromMiddle = pages[0]?.after !== null
  return (
    <section aria-label={browse.results} aria-busy={state === 'loading'}>
      {isFromMiddle ? (
        <p className="mb-4">
          <Link to={start} className="button-quiet text-accent">
            {browse.fromStart}
          </Link>
        </p>
      ) : null}
      <h2 className="sr-only">{browse.results}</h2>
      <ul
        ref={items}
        className={`grid grid-cols-2 gap-3 transition-opacity sm:grid-cols-3 sm:gap-4 xl:grid-cols-4 ${state === 'loading' && !isLoadingMore ? 'opacity-50' : ''}`}
      >
        {shown.map((product, place) => (
          <li key={product.id}>
            <ProductCard product={product} isAtOnce={place === 0} />
          </li>
        ))}
      </ul>
      <div className="mt-8 flex flex-col items-center gap-3">
        {list.total > list.items.length && !isFromMiddle ? (
          <output className="text-sm text-muted">{browse.shown(shown.length, list.total)}</output>
        ) : null}
        {list.next === null ? null : (
          <Link
            to={linkOf(path, following(params, list.next))}
            rel="next"
            replace
            preventScrollReset
            onClick={() => (isAsked.current = true)}
            className="button min-w-56"
          >
            {isLoadingMore ? browse.loading : browse.more}
          </Link>
        )}
      </div>
    </section>
  )
}
