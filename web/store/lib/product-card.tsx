import { Fragment } from 'react'

import { Link } from '../../kit/link.tsx'
import { moneyText, numberText, type Money } from './format.ts'
import { Picture } from './picture.tsx'
import { useHere, usePaths, useTexts } from './shop.ts'
import { useCardTexts } from './texts/card.ts'
import { Heart } from './wishes/heart.tsx'

/** What lists and searches say of a product. */
export interface CardProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly priceFrom: Money
  readonly priceTo: Money
  /** The lowest of the 30 days before, while it is on sale for less. */
  readonly was: Money | null
  readonly rating: { readonly average: number; readonly count: number } | null
  readonly picture: string | null
  /** Unknown to searches, which find nothing that is sold out. */
  readonly availability?: string | undefined
  /** Parts of the name that were sought, in UTF-16 units. */
  readonly highlights?: readonly Highlight[] | undefined
}

interface Highlight {
  readonly from: number
  readonly to: number
}

export function ProductCard({
  product,
  isAtOnce = false,
}: {
  readonly product: CardProduct
  readonly isAtOnce?: boolean
}) {
  const { language } = useHere()
  const paths = usePaths()
  const texts = useCardTexts()
  const { product: words } = useTexts()
  const { id, name, slug, picture, priceFrom, priceTo, was, rating } = product
  const { availability, highlights = [] } = product
  const price = moneyText(priceFrom, language)
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-card border border-line bg-card transition hover:border-accent">
      <Picture
        asset={picture}
        sizes="(min-width: 1024px) 300px, (min-width: 640px) 33vw, 50vw"
        isAtOnce={isAtOnce}
      />
      <Heart id={id} name={name} />
      <div className="flex flex-1 flex-col gap-1 p-4">
        <h3 className="text-sm leading-snug font-medium wrap-anywhere">
          <Link to={paths.product(slug)} className="after:absolute after:inset-0">
            {highlights.length === 0 ? name : <Highlighted text={name} ranges={highlights} />}
          </Link>
        </h3>
        <p className="mt-auto flex flex-wrap items-baseline gap-x-2 pt-2 text-lg font-bold">
          <span className={was === null ? '' : 'text-bad'}>
            {priceFrom.amount === priceTo.amount ? price : texts.from(price)}
          </span>
          {was === null ? null : (
            <s className="text-sm font-normal text-muted" title={texts.was('')}>
              <span className="sr-only">{texts.was('')}</span>
              {moneyText(was, language)}
            </s>
          )}
        </p>
        <p className="flex min-h-4 flex-wrap items-center justify-between gap-x-3 text-xs text-muted">
          {availability === undefined ? null : (
            <span className={availability === 'in-stock' ? 'text-good' : ''}>
              {words.availability[availability]}
            </span>
          )}
          {rating === null ? null : <Rated rating={rating} />}
        </p>
      </div>
    </article>
  )
}

function Rated({
  rating: { average, count },
}: {
  readonly rating: NonNullable<CardProduct['rating']>
}) {
  const { language } = useHere()
  const texts = useCardTexts()
  const stars = numberText(average, language, 1)
  return (
    <span title={texts.rating(stars, count)}>
      <span className="sr-only">{texts.rating(stars, count)}</span>
      <span aria-hidden="true">
        <span className="text-accent">★</span> {stars} ({count})
      </span>
    </span>
  )
}

/** A text with what was sought in bold; `mark` would color what the eye should read past. */
function Highlighted({
  text,
  ranges,
}: {
  readonly text: string
  readonly ranges: readonly Highlight[]
}) {
  return ranges.map(({ from, to }, place) => (
    <Fragment key={from}>
      {text.slice(ranges[place - 1]?.to ?? 0, from)}
      <b className="font-bold">{text.slice(from, to)}</b>
      {place === ranges.length - 1 ? text.slice(to) : null}
    </Fragment>
  ))
}
