import { numberText } from '../../lib/format.ts'
import { useHere } from '../../lib/shop.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'

const STAR = 'M12 2l3 6.5 7 .9-5.2 4.9 1.4 7L12 17.8 5.8 21.3l1.4-7L2 9.4l7-.9z'

/** So many of five stars, in words for who does not see them. */
export function Stars({
  value,
  isLarge = false,
}: {
  readonly value: number
  readonly isLarge?: boolean
}) {
  const { language } = useHere()
  const texts = useProductPageTexts()
  const said = numberText(value, language, 1)
  return (
    <span className="inline-flex text-accent">
      <span className="sr-only">{texts.stars(said)}</span>
      {[1, 2, 3, 4, 5].map((star) => (
        <svg
          key={star}
          viewBox="0 0 24 24"
          aria-hidden="true"
          className={`stroke-current ${isLarge ? 'size-6' : 'size-4'} ${value >= star - 0.25 ? 'fill-current' : 'fill-none'}`}
        >
          <path d={STAR} />
        </svg>
      ))}
    </span>
  )
}
