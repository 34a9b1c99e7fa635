import { Link } from '../../../kit/link.tsx'
import { dateText, moneyText, numberText } from '../../lib/format.ts'
import { CardPicture, Picture } from '../../lib/picture.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'
import type { LinkedProduct, PageAttribute, PageProduct, PageVariant } from './product.ts'

const GRAMS_IN_KILOGRAM = 1_000

/** What is said of a product: in sentences, then in a table. */
export function Facts({
  product,
  variant,
}: {
  readonly product: PageProduct
  readonly variant: PageVariant
}) {
  const { language } = useHere()
  const texts = useProductPageTexts()
  const { description, attributes } = product
  const rows = [
    ...attributes.map((each) => ({ name: each.name, value: valueOf(each, language, texts) })),
    ...(variant.weightGrams === null
      ? []
      : [
          {
            name: texts.weight,
            value:
              variant.weightGrams < GRAMS_IN_KILOGRAM
                ? texts.grams(numberText(variant.weightGrams, language))
                : texts.kilograms(numberText(variant.weightGrams / GRAMS_IN_KILOGRAM, language)),
          },
        ]),
    { name: texts.sku, value: variant.sku },
  ]
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
      {description !== '' && (
        <section>
          <h2 className="mb-4 text-2xl font-bold">{texts.description}</h2>
          <p className="max-w-prose leading-relaxed whitespace-pre-line wrap-anywhere">
            {description}
          </p>
        </section>
      )}
      <section>
        <h2 className="mb-4 text-2xl font-bold">{texts.facts}</h2>
        <table className="w-full text-sm">
          <tbody>
            {rows.map(({ name, value }) => (
              <tr key={name} className="border-b border-line">
                <th
                  scope="row"
                  className="py-2 pr-4 text-left font-normal wrap-anywhere text-muted"
                >
                  {name}
                </th>
                <td className="py-2 wrap-anywhere">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

function valueOf(
  { kind, value, words, unit }: PageAttribute,
  language: string,
  texts: ReturnType<typeof useProductPageTexts>,
): string {
  if (words.length > 0) return words.join(', ')
  if (typeof value === 'boolean') return value ? texts.yes : texts.no
  const isDay = kind === 'date' && typeof value === 'string'
  // A day has no time zone: it is the same everywhere.
  if (isDay) return dateText(value, language, 'UTC')
  const said = typeof value === 'number' ? numberText(value, language) : String(value)
  return unit === null ? said : `${said} ${texts.units[unit] ?? unit}`
}

/** What a bundle is made of, each with its own page. */
export function BundleContents({
  product: { components },
  variant,
}: {
  readonly product: PageProduct
  readonly variant: PageVariant
}) {
  const texts = useProductPageTexts()
  const paths = usePaths()
  if (variant.components.length === 0) return null
  return (
    <section>
      <h2 className="mb-3 text-sm text-muted">{texts.bundle}</h2>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-card">
        {variant.components.map(({ sku, quantity }) => {
          const found = components.find((each) => each.sku === sku)
          return (
            <li key={sku} className="relative flex items-center gap-3 p-3">
              {found !== undefined && (
                <div className="w-14 shrink-0 overflow-hidden rounded-card">
                  <Picture asset={found.product.picture} sizes="56px" />
                </div>
              )}
              <p className="min-w-0 text-sm">
                {quantity > 1 && <span className="text-muted">{texts.times(quantity)} </span>}
                {found === undefined ? (
                  sku
                ) : (
                  <Link
                    to={`${paths.product(found.product.slug)}?sku=${encodeURIComponent(sku)}`}
                    className="font-medium after:absolute after:inset-0 hover:text-accent"
                  >
                    {[found.product.name, ...found.options].join(', ')}
                  </Link>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** A product beside this one; what is heard of it meanwhile is newer than what the page knew. */
export function LinkedCard({
  product: { slug, name, price, picture },
  now,
}: {
  readonly product: LinkedProduct
  readonly now: { readonly price: typeof price; readonly availability: string } | undefined
}) {
  const { language } = useHere()
  const paths = usePaths()
  const { product: words } = useTexts()
  return (
    <article className="product-card">
      <CardPicture asset={picture} />
      <div className="product-card-text">
        <h3>
          <Link to={paths.product(slug)}>{name}</Link>
        </h3>
        <p className="product-card-price tabular-nums">
          {/* What is heard is of the main currency. */}
          {moneyText(now?.price.currency === price.currency ? now.price : price, language)}
        </p>
        {now?.availability === 'out' && (
          <p className="text-xs text-muted">{words.availability['out']}</p>
        )}
      </div>
    </article>
  )
}
