import { Link, Outlet } from 'react-router'

import type { Route } from './+types/shell.ts'
import { CartButton } from '../../lib/cart/cart-button.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { visitContext } from '../../visit.ts'

/** A prefix that is none of the shop's languages is no page. */
export function loader({ params, context }: Route.LoaderArgs) {
  const { shop } = context.get(visitContext)
  if (params.language !== undefined && !shop.languages.slice(1).includes(params.language)) {
    throw new Response(null, { status: 404 })
  }
  return null
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
    <header className="sticky top-0 z-40 border-b border-line bg-paper/95 backdrop-blur">
      <div className="mx-auto flex h-16 max-w-7xl items-center gap-3 px-4 sm:gap-6">
        <Link to={paths.home()} className="shrink-0 text-xl font-black tracking-tight">
          {shop.name}
        </Link>
        <form action={paths.search()} role="search" className="flex-1">
          <label className="sr-only" htmlFor="q">
            {shell.search}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            placeholder={shell.searchHint}
            className="field w-full"
          />
        </form>
        <CartButton />
      </div>
      <nav aria-label={shell.categories} className="mx-auto max-w-7xl overflow-x-auto px-4">
        <ul className="flex gap-5 pb-3 text-sm whitespace-nowrap">
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
