import { lazy } from 'react'
import { useSearchParams, type ShouldRevalidateFunctionArgs } from 'react-router'

import type { Route } from './+types/product-page.ts'
import { Link } from '../../../kit/link.tsx'
import { usePaths, type Category } from '../../lib/shop.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'
import { Heart } from '../../lib/wishes/heart.tsx'
import { Buy, Delivery, Offer } from './buy.tsx'
import { BundleContents, Facts, LinkedCard } from './facts.tsx'
import { Gallery } from './gallery.tsx'
import type { Heard } from './live.ts'
import { loadProduct, type Related, type SoldPage } from './load.ts'
import { Options } from './options.tsx'
import { chosenOf, picturesOf, type PageProduct } from './product.ts'
import { Questions } from './questions.tsx'
import { Reviews } from './reviews.tsx'
import { Stars } from './stars.tsx'
import { useHeard, useNewest, withHeard } from './use-live.ts'

/** A page may hear of so many products (LIVE-3). */
const MOST_HEARD = 100

const gone = () => import('./gone.tsx')
/** What is rendered here waits for nothing; browsers load it for the few who need it. */
const Gone = import.meta.env.SSR
  ? (await gone()).Gone
  : lazy(async () => ({ default: (await gone()).Gone }))

export const handle = { isShared: true }

export function loader({ request, context, params }: Route.LoaderArgs) {
  return loadProduct(request, context, params.slug)
}

/** Which variant is chosen changes nothing of what the server says, and neither does the cart. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  if (formMethod !== undefined && formMethod !== 'GET') return false
  const isSamePage = currentUrl.pathname === nextUrl.pathname
  const isOther = (name: string): boolean =>
    currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name)
  const isChoice = isSamePage && currentUrl.search !== nextUrl.search
  return isChoice ? isOther('reviews') || isOther('after') : defaultShouldRevalidate
}

export const meta: Route.MetaFunction = ({ loaderData }) => [...(loaderData?.head ?? [])]

export default function ProductPage({ loaderData }: Route.ComponentProps) {
  return 'gone' in loaderData ? <Gone gone={loaderData.gone} /> : <Sold loaderData={loaderData} />
}

function Sold({ loaderData }: { readonly loaderData: SoldPage }) {
  const { way, related, reviews, sort, questions, delivery, holdMinutes, timeZone } = loaderData
  const paths = usePaths()
  const [asked] = useSearchParams()
  const shown = [loaderData.product.id, ...related.map((each) => each.product.id)]
  const heard = useHeard(shown.slice(0, MOST_HEARD))
  const now = heard.get(loaderData.product.id)
  useNewest(loaderData.product, now)
  const product = withHeard(loaderData.product, now)
  const { id, slug } = product
  const variant = chosenOf(product, asked)
  const isGone = now?.gone === true
  return (
    <main id="content" className="mx-auto flex w-full max-w-7xl flex-1 flex-col gap-12 px-4 py-4">
      <div>
        <Trail way={way} />
        <div className="grid gap-x-12 gap-y-6 md:grid-cols-2 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <div className="relative min-w-0 max-sm:-mx-4">
            <Gallery key={id} pictures={picturesOf(product, variant)} />
            <Heart key={id} id={id} sku={variant.sku} name={product.name} />
          </div>
          <div className="flex min-w-0 flex-col gap-6 md:sticky md:top-32 md:self-start">
            <Title product={product} rating={reviews.rating} />
            <Offer variant={variant} isGone={isGone} />
            <Options product={product} chosen={variant} />
            <Buy key={id} name={product.name} variant={variant} isGone={isGone} />
            <BundleContents product={product} variant={variant} />
            <Delivery variant={variant} methods={delivery} holdMinutes={holdMinutes} />
          </div>
        </div>
      </div>
      <Facts product={product} variant={variant} />
      <RelatedShelves related={related} heard={heard} />
      <Reviews
        productId={id}
        reviews={reviews}
        sort={sort}
        timeZone={timeZone}
        write={paths.write(slug, 'review')}
      />
      <Questions questions={questions} timeZone={timeZone} ask={paths.write(slug, 'question')} />
    </main>
  )
}

/** The categories around a product, the widest first. */
function Trail({ way }: { readonly way: readonly Category[] }) {
  const paths = usePaths()
  const texts = useProductPageTexts()
  return (
    <nav
      aria-label={texts.trail}
      className="mb-3 overflow-x-auto text-sm text-muted [scrollbar-width:none]"
    >
      <ol className="flex whitespace-nowrap">
        <li>
          <Link to={paths.home()} className="inline-flex min-h-11 items-center hover:text-accent">
            {texts.home}
          </Link>
        </li>
        {way.map(({ slug, name }) => (
          <li key={slug} className="flex items-center">
            <span aria-hidden="true" className="mx-2">
              ›
            </span>
            <Link
              to={paths.category(slug)}
              className="inline-flex min-h-11 items-center hover:text-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Title({
  product: { name, brand },
  rating,
}: {
  readonly product: PageProduct
  readonly rating: { readonly count: number; readonly average: number | null }
}) {
  const paths = usePaths()
  const texts = useProductPageTexts()
  return (
    <div>
      {brand !== null && (
        <Link
          to={paths.brand(brand.slug)}
          className="inline-flex min-h-11 items-center text-sm font-semibold text-muted hover:text-accent"
        >
          {brand.name}
        </Link>
      )}
      <h1 className="text-2xl leading-tight font-bold text-balance wrap-anywhere sm:text-3xl">
        {name}
      </h1>
      {rating.average !== null && (
        <a
          href="#reviews"
          className="inline-flex min-h-11 items-center gap-2 text-sm hover:text-accent"
        >
          <Stars value={rating.average} />
          {texts.reviewCount(rating.count)}
        </a>
      )}
    </div>
  )
}

const KINDS = ['goes-with', 'similar', 'instead'] as const

function RelatedShelves({
  related,
  heard,
}: {
  readonly related: readonly Related[]
  readonly heard: ReadonlyMap<string, Heard>
}) {
  const texts = useProductPageTexts()
  return KINDS.map((kind) => {
    // What this one stands in for is nothing to buy instead of it.
    const those = related.filter(
      (each) => each.kind === kind && !(kind === 'instead' && each.direction === 'from'),
    )
    const shown = new Map(those.map(({ product }) => [product.id, product]))
    if (shown.size === 0) return null
    return (
      <section key={kind}>
        <h2 className="mb-5 text-2xl font-bold">{texts.related[kind]}</h2>
        <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
          {[...shown.values()].slice(0, 8).map((each) => (
            <li key={each.id}>
              <LinkedCard product={each} now={nowOf(heard.get(each.id))} />
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

function nowOf(heard: Heard | undefined) {
  return heard === undefined || heard.gone === true ? undefined : heard
}
