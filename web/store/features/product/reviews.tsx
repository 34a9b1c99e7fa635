import { useRef, useState } from 'react'

import { Link } from '../../../kit/link.tsx'
import { useHere } from '../../lib/shop.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'
import type { Review, Reviews as Told } from './load.ts'
import { dateText, numberText } from '../../lib/format.ts'
import { REVIEW_SORTS, reviewsAt, type ReviewSort } from './review-list.ts'
import { Stars } from './stars.tsx'

interface ReviewsProps {
  readonly productId: string
  readonly reviews: Told
  readonly sort: ReviewSort
  readonly timeZone: string
  /** Where one writes. */
  readonly write: string
}

/** What buyers say, and how they rate it. */
export function Reviews({ productId, reviews, sort, timeZone, write }: ReviewsProps) {
  const texts = useProductPageTexts()
  const { rating } = reviews
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="scroll-mt-32">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h2 id="reviews-title" className="text-2xl font-bold">
          {texts.reviews}
        </h2>
        <Link to={write} className="button-outline">
          {texts.writeReview}
        </Link>
      </div>
      {rating.count === 0 ? (
        <p className="text-muted">{texts.noReviews}</p>
      ) : (
        <div className="grid gap-8 grid-cols-[minmax(0,1fr)] lg:grid-cols-[18rem_minmax(0,1fr)] lg:gap-12">
          <Histogram rating={rating} />
          <div>
            {rating.count > 1 && <Sorts sort={sort} />}
            <List key={`${productId} ${sort}`} {...{ productId, reviews, sort, timeZone }} />
          </div>
        </div>
      )}
    </section>
  )
}

function Histogram({ rating: { average, count, counts } }: { readonly rating: Told['rating'] }) {
  const { language } = useHere()
  const texts = useProductPageTexts()
  const value = average ?? 0
  const most = Math.max(1, ...counts)
  return (
    <div>
      <p className="flex items-center gap-3">
        <span className="text-4xl font-bold">{numberText(value, language, 1)}</span>
        <Stars value={value} isLarge />
      </p>
      <p className="mt-1 text-sm text-muted">{texts.reviewCount(count)}</p>
      <table className="mt-4 w-full text-sm">
        <tbody>
          {[5, 4, 3, 2, 1].map((stars) => {
            const each = counts[stars - 1] ?? 0
            return (
              <tr key={stars}>
                <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                  {texts.starRow(stars)}
                </th>
                <td className="w-full" aria-hidden="true">
                  <svg
                    viewBox="0 0 100 8"
                    preserveAspectRatio="none"
                    aria-hidden="true"
                    className="h-2 w-full overflow-hidden rounded-full"
                  >
                    <rect width="100" height="8" className="fill-line" />
                    <rect width={(each / most) * 100} height="8" className="fill-accent" />
                  </svg>
                </td>
                <td className="pl-3 text-right text-muted tabular-nums">{each}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Sorts({ sort }: { readonly sort: ReviewSort }) {
  const texts = useProductPageTexts()
  return (
    <nav aria-label={texts.sortReviews} className="-mx-1 mb-4 overflow-x-auto">
      <ul className="flex gap-1 whitespace-nowrap">
        {REVIEW_SORTS.map((each) => (
          <li key={each}>
            <Link
              to={reviewsAt(each)}
              replace
              preventScrollReset
              aria-current={each === sort ? 'true' : undefined}
              className="inline-flex min-h-11 items-center rounded-card px-3 text-sm hover:text-accent aria-[current]:bg-line aria-[current]:font-semibold"
            >
              {texts.sorts[each]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function List({ productId, reviews, sort, timeZone }: Omit<ReviewsProps, 'write'>) {
  const texts = useProductPageTexts()
  const [more, setMore] = useState<readonly Review[]>([])
  const [next, setNext] = useState<string | null | undefined>()
  const [isLoading, setIsLoading] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const after = next === undefined ? reviews.next : next

  /** Without JavaScript, or when the answer does not come, the link leads to the next ones. */
  async function load(event: React.MouseEvent<HTMLAnchorElement>): Promise<void> {
    if (event.ctrlKey || event.metaKey || after === null) return
    event.preventDefault()
    if (isLoading) return
    const { href } = event.currentTarget
    setIsLoading(true)
    try {
      const { moreReviews } = await import('./more-reviews.ts')
      const told = await moreReviews(productId, sort, after)
      const place = list.current?.children.length ?? 0
      setMore([...more, ...told.items])
      setNext(told.next)
      // Who came by keyboard goes on with what is new.
      requestAnimationFrame(() =>
        (list.current?.children[place] as HTMLElement | undefined)?.focus(),
      )
    } catch {
      // Whatever it was: a page of its own can still be asked for.
      location.assign(href)
    } finally {
      setIsLoading(false)
    }
  }

  return (
    <>
      <ul ref={list} className="flex flex-col divide-y divide-line">
        {[...reviews.items, ...more].map((review) => (
          <li key={review.id} tabIndex={-1} className="py-5 first:pt-0">
            <Said said={review} timeZone={timeZone} />
          </li>
        ))}
      </ul>
      {after !== null && (
        <a
          href={reviewsAt(sort, after)}
          onClick={(event) => void load(event)}
          className="button-outline mt-2"
        >
          {isLoading ? texts.loading : texts.moreReviews}
        </a>
      )}
    </>
  )
}

/** One review with what was answered. */
function Said({ said, timeZone }: { readonly said: Review; readonly timeZone: string }) {
  const texts = useProductPageTexts()
  const { rating, title, text, language: spoken, helpful, answers } = said
  return (
    <article>
      {rating !== null && <Stars value={rating} />}
      <div lang={spoken}>
        {title !== null && <h3 className="mt-2 font-semibold wrap-anywhere">{title}</h3>}
        <p dir="auto" className="mt-2 max-w-prose wrap-anywhere whitespace-pre-line">
          {text}
        </p>
      </div>
      <By said={said} timeZone={timeZone} />
      {helpful > 0 && <p className="mt-1 text-sm text-muted">{texts.helpful(helpful)}</p>}
      {answers.map((answer) => (
        <AnswerSaid key={answer.id} answer={answer} timeZone={timeZone} />
      ))}
    </article>
  )
}

export function AnswerSaid({
  answer,
  timeZone,
}: {
  readonly answer: Review['answers'][number]
  readonly timeZone: string
}) {
  return (
    <div className="mt-3 border-l-2 border-accent pl-4">
      <p
        lang={answer.language}
        dir="auto"
        className="max-w-prose wrap-anywhere whitespace-pre-line"
      >
        {answer.text}
      </p>
      <By said={answer} timeZone={timeZone} />
    </div>
  )
}

/** Who said it, when, and whether they bought it here. */
export function By({
  said: { name, standing, createdAt },
  timeZone,
}: {
  readonly said: Pick<Review, 'name' | 'standing' | 'createdAt'>
  readonly timeZone: string
}) {
  const { language } = useHere()
  const texts = useProductPageTexts()
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <bdi className="font-medium text-ink wrap-anywhere">{name}</bdi>
      {standing === 'buyer' && <span className="text-good">✓ {texts.bought}</span>}
      {standing === 'staff' && <span className="text-accent">{texts.shopAnswers}</span>}
      <time dateTime={createdAt}>{dateText(createdAt, language, timeZone)}</time>
    </p>
  )
}
