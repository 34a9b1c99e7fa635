import { Link, Outlet, type ShouldRevalidateFunctionArgs } from 'react-router'

import type { Route } from './+types/shell.ts'
import { CartButton } from '../../lib/cart/cart-button.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { visitContext } from '../../visit.ts'
import { SearchBox } from './search-box.tsx'

/** A prefix that is none of the shop's languages is no page. */
export function loader({ params, context }: Route.LoaderArgs) {
  const { shop } = context.get(visitContext)
  if (params.language !== undefined && !shop.languages.slice(1).includes(params.language)) {
    throw new Response(null, { status: 404 })
  }
  return null
}

/** Only the language matters to it, so that a choice within a page asks the server nothing. */
export function shouldRevalidate({ currentParams, nextParams }: ShouldRevalidateFunctionArgs) {
  return currentParams['language'] !== nextParams['language']
}

export default function Shell() {
  const { shell } = useTexts()
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 button"
      >
        {shell.skip}
      </a>
      <Header />
      <Outlet />
      <Footer />
    </>
  )
}

function Header() {
  const { shop, categories } = useHere()
  const paths = usePaths()
  const { shell } = useTexts()
  const top = categories.filter(({ parent }) => parent === null)
  return (
    <header className="relative z-40 border-b border-line bg-paper/95 backdrop-blur sm:sticky sm:top-0">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-x-3 px-4 pt-1 pb-3 sm:h-16 sm:flex-nowrap sm:gap-6 sm:py-0">
        <Link to={paths.home()} className="shrink-0 text-xl font-black tracking-tight">
          {shop.name}
        </Link>
        <SearchBox />
        <CartButton />
      </div>
      <nav aria-label={shell.categories} className="mx-auto max-w-7xl overflow-x-auto px-4">
        <ul className="flex gap-5 pb-3 text-sm whitespace-nowrap xl:gap-4">
          {top.map(({ slug, name }) => (
            <li key={slug}>
              <Link to={paths.category(slug)} className="hover:text-accent">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}

function Footer() {
  const { shop } = useHere()
  const { shell } = useTexts()
  return (
    <footer className="mt-16 border-t border-line">
      <div className="mx-auto flex max-w-7xl flex-wrap justify-between gap-4 px-4 py-8 text-sm text-muted">
        <p>{shop.name}</p>
        <a href="/docs" className="hover:text-accent">
          {shell.forDevelopers}
        </a>
      </div>
    </footer>
  )
}
