import { Fragment } from 'react'

import { Link } from '../../kit/link.tsx'
import { moneyText, numberText, type Money } from './format.ts'
import { CardPicture } from './picture.tsx'
import { useHere, usePaths, useTexts } from './shop.ts'
import { useCardTexts } from './texts/card.ts'
import { Heart } from './wishes/heart.tsx'

/** What lists and searches say of a product. */
export interface CardProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly priceFrom: Money
  /** Some of its variants cost more. */
  readonly isFrom: boolean
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
  const { id, name, slug, picture, priceFrom, isFrom, was, rating } = product
  const { availability, highlights = [] } = product
  const price = moneyText(priceFrom, language)
  const shown = isFrom ? texts.from(price) : price
  return (
    <article className="product-card">
      <CardPicture asset={picture} isAtOnce={isAtOnce} />
      <Heart id={id} name={name} />
      <div className="product-card-text">
        <h3>
          <Link to={paths.product(slug)}>
            {highlights.length === 0 ? name : <Highlighted text={name} ranges={highlights} />}
          </Link>
        </h3>
        <p className="product-card-price">
          {was === null ? shown : <Reduced shown={shown} was={moneyText(was, language)} />}
        </p>
        <p className="product-card-notes">
          {availability === undefined ? null : (
            <span className={availability === 'in-stock' ? 'text-good' : undefined}>
              {words.availability[availability]}
            </span>
          )}
          {rating === null ? null : <Rated rating={rating} />}
        </p>
      </div>
    </article>
  )
}

function Reduced({ shown, was }: { readonly shown: string; readonly was: string }) {
  const texts = useCardTexts()
  return (
    <>
      <span className="text-bad">{shown}</span>
      <s className="text-sm font-normal text-muted" title={texts.was('')}>
        <span className="sr-only">{texts.was('')}</span>
        {was}
      </s>
    </>
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
  const said = texts.rating(stars, count)
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- Stars and numbers are one sign that is read as a sentence.
    <span role="img" aria-label={said} title={said} className="rated">
      {`${stars} (${count})`}
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
