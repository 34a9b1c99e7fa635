import type { ReactNode } from 'react'
import { Outlet, type ShouldRevalidateFunctionArgs } from 'react-router'

import type { Route } from './+types/shell.ts'
import { Link } from '../../../kit/link.tsx'
import { CartButton } from '../../lib/cart/cart-button.tsx'
import { OwnContext, useOwnAsked } from '../../lib/cart/own.ts'
import { Connection } from '../../lib/offline/connection.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { visitContext } from '../../visit.ts'
import { textsOf } from '../../texts/index.ts'
import { AccountLink } from './account-link.tsx'
import { Fault, isMissing } from './fault.tsx'
import { Footer } from './footer.tsx'
import { Languages } from '../../lib/languages.tsx'
import { Logo } from './logo.tsx'
import { HeartForm } from '../../lib/wishes/heart.tsx'
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

/** Of pages that say nothing of themselves, and of those that are not there. */
export const meta: Route.MetaFunction = ({ matches, error }) => {
  const here = matches[0].loaderData
  if (here === undefined) return []
  const { language, shop } = here
  if (error === undefined) return [{ title: shop.name }]
  const { faults } = textsOf(language)
  return [
    { title: `${isMissing(error) ? faults.notFound : faults.broken} · ${shop.name}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function Shell() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  )
}

/** What is not there is said within the shop, so that one can go on from it. */
export function ErrorBoundary() {
  return (
    <Frame>
      <Fault />
    </Frame>
  )
}

function Frame({ children }: { readonly children: ReactNode }) {
  const { shell } = useTexts()
  return (
    <WithOwn>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 button"
      >
        {shell.skip}
      </a>
      <Header />
      <Connection />
      {children}
      <Footer />
      <HeartForm />
    </WithOwn>
  )
}

/** Only who shows something of one's own is rendered anew when it comes. */
function WithOwn({ children }: { readonly children: ReactNode }) {
  return <OwnContext value={useOwnAsked()}>{children}</OwnContext>
}

function Header() {
  const { categories } = useHere()
  const paths = usePaths()
  const { shell } = useTexts()
  return (
    <header className="relative z-40 border-b border-line bg-paper/95 backdrop-blur sm:sticky sm:top-0">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-1 gap-y-1 px-4 pt-1 pb-3 sm:h-16 sm:flex-nowrap sm:gap-x-3 sm:py-0">
        <Link to={paths.home()} className="mr-auto flex min-h-11 shrink-0 items-center sm:mr-2">
          <Logo />
        </Link>
        <SearchBox />
        <div className="hidden lg:block">
          <Languages isShort />
        </div>
        <AccountLink />
        <Link to={paths.wishlist()} className="button-quiet min-w-11" aria-label={shell.wishlist}>
          <span className="heart" />
        </Link>
        <CartButton />
      </div>
      <nav aria-label={shell.categories} className="mx-auto max-w-7xl overflow-x-auto px-4">
        <ul className="flex gap-5 pb-3 text-sm whitespace-nowrap xl:gap-4">
          {categories.map(({ slug, name }) => (
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
