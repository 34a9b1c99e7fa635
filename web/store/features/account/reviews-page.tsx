import { type RouterContextProvider } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { apiOf } from '../../lib/api.ts'
import { dateText } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { visitContext } from '../../visit.ts'
import type { Route } from './+types/reviews-page.ts'
import { ownMeta } from './meta.ts'
import { needPerson, ownFound } from './person.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

const ON_A_PAGE = 10

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  const after = url.searchParams.get('after')
  const answer = await apiOf(context).GET('/api/v1/users/me/contributions', {
    params: { query: { limit: ON_A_PAGE, ...(after === null ? {} : { after }) } },
  })
  const { items, next } = ownFound(answer, context, url)
  const products = await productsOf(context, [...new Set(items.map(({ productId }) => productId))])
  return {
    next,
    items: items.map((item) => ({ ...item, product: products.get(item.productId) ?? null })),
  }
}

/** Names of a page's products; what is not sold any more has none. */
async function productsOf(context: Readonly<RouterContextProvider>, ids: readonly string[]) {
  const api = apiOf(context)
  const { language: lang } = context.get(visitContext)
  const found = await Promise.all(
    ids.map(async (id) => {
      const { data } = await api.GET('/api/v1/products/{id}', {
        params: { path: { id }, query: { lang } },
      })
      return data === undefined ? [] : [[id, { slug: data.slug, name: data.name }] as const]
    }),
  )
  return new Map(found.flat())
}

type Item = Route.ComponentProps['loaderData']['items'][number]

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ reviews }) => reviews.title)

export default function ReviewsPage({ loaderData: { items, next } }: Route.ComponentProps) {
  const texts = useAccountTexts()
  const paths = usePaths()
  return (
    <section aria-labelledby="title" className="flex flex-col gap-5">
      <h1 id="title" className="text-2xl font-bold">
        {texts.reviews.title}
      </h1>
      {items.length === 0 ? (
        <div className="flex flex-col items-start gap-3 rounded-card border border-dashed border-line p-8">
          <p className="font-semibold">{texts.reviews.none}</p>
          <p className="text-muted">{texts.reviews.noneMore}</p>
          <Link to={paths.account()} className="button">
            {texts.orders.title}
          </Link>
        </div>
      ) : (
        <ul className="flex flex-col gap-3">
          {items.map((item) => (
            <Contribution key={item.id} item={item} />
          ))}
        </ul>
      )}
      {next === null ? null : (
        <Link
          to={`${paths.account('reviews')}?after=${encodeURIComponent(next)}`}
          className="button-line self-start"
        >
          {texts.reviews.older}
        </Link>
      )}
    </section>
  )
}

function Contribution({ item }: { readonly item: Item }) {
  const { language, shop } = useHere()
  const paths = usePaths()
  const { reviews: texts } = useAccountTexts()
  const { kind, product, rating, title, text, status, because, createdAt, helpful } = item
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-card p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold">
          {product === null ? (
            <span className="text-muted">{texts.goneProduct}</span>
          ) : (
            <Link to={paths.product(product.slug)} className="hover:text-accent">
              {product.name}
            </Link>
          )}
        </h2>
        <p
          className={`text-sm font-medium ${status === 'shown' ? 'text-good' : status === 'refused' ? 'text-bad' : 'text-muted'}`}
        >
          {texts.status[status]}
        </p>
      </div>
      <p className="flex flex-wrap gap-x-3 text-sm text-muted">
        <span>{texts.kind[kind]}</span>
        <time dateTime={createdAt}>{dateText(createdAt, language, shop.timeZone)}</time>
        {rating === null ? null : <Stars rating={rating} label={texts.of(rating)} />}
      </p>
      {title === null ? null : <p className="font-medium">{title}</p>}
      <p className="max-w-prose break-words whitespace-pre-line" lang={item.language}>
        {text}
      </p>
      {because === null ? null : <p className="text-sm text-bad">{texts.because[because]}</p>}
      {helpful === 0 ? null : <p className="text-sm text-muted">{texts.helpful(helpful)}</p>}
    </li>
  )
}

function Stars({ rating, label }: { readonly rating: number; readonly label: string }) {
  return (
    <span className="text-accent">
      <span className="sr-only">{label}</span>
      <span aria-hidden="true">
        {'★'.repeat(rating)}
        <span className="text-line">{'★'.repeat(5 - rating)}</span>
      </span>
    </span>
  )
}
