import { Link } from 'react-router'

import { moneyText, type Money } from './format.ts'
import { Picture } from './picture.tsx'
import { useHere, usePaths, useTexts } from './shop.ts'

/** What lists and searches say of a product. */
export interface CardProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly priceFrom: Money
  readonly priceTo: Money
  readonly picture: string | null
  readonly availability: string
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
  const { product: texts } = useTexts()
  const { name, slug, picture, priceFrom, priceTo, availability } = product
  const price = moneyText(priceFrom, language)
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-card border border-line bg-card transition hover:border-accent">
      <Picture
        asset={picture}
        sizes="(min-width: 1024px) 300px, (min-width: 640px) 33vw, 50vw"
        isAtOnce={isAtOnce}
      />
      <div className="flex flex-1 flex-col gap-1 p-4">
        <h3 className="text-sm leading-snug font-medium">
          <Link to={paths.product(slug)} className="after:absolute after:inset-0">
            {name}
          </Link>
        </h3>
        <p className="mt-auto pt-2 text-lg font-bold">
          {priceFrom.amount === priceTo.amount ? price : texts.from(price)}
        </p>
        <p className={`text-xs ${availability === 'in-stock' ? 'text-good' : 'text-muted'}`}>
          {texts.availability[availability]}
        </p>
      </div>
    </article>
  )
}
