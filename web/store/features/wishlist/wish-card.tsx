import { Form } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { moneyText } from '../../lib/format.ts'
import { CardPicture } from '../../lib/picture.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { useCardTexts } from '../../lib/texts/card.ts'
import { useWishlistTexts } from '../../lib/texts/wishlist.ts'
import type { ShownWish } from './load.ts'

/** One that is wished for: what it costs now, whether there is any, and what can be done about it. */
export function WishCard({ wish }: { readonly wish: ShownWish }) {
  const { language } = useHere()
  const paths = usePaths()
  const card = useCardTexts()
  const texts = useWishlistTexts()
  const { slug, options, picture, price, isFrom } = wish
  const name = nameOf(wish, texts)
  const said = price === null ? '' : moneyText(price, language)
  return (
    <article
      className={`relative flex h-full flex-col overflow-hidden rounded-card border bg-card ${slug === null ? 'border-dashed border-line' : 'border-line'}`}
    >
      <CardPicture asset={picture} />
      <div className="flex flex-1 flex-col gap-1 p-4">
        <h2 className="text-sm leading-snug font-medium wrap-anywhere">
          {slug === null ? name : <Link to={paths.product(slug)}>{name}</Link>}
        </h2>
        {options === '' ? null : <p className="text-xs text-muted">{options}</p>}
        <div className="mt-auto pt-2">
          {price === null ? null : (
            <p className="text-lg font-bold">{isFrom ? card.from(said) : said}</p>
          )}
          <Availability wish={wish} />
        </div>
        <Actions wish={wish} name={name} />
      </div>
    </article>
  )
}

function Availability({ wish: { slug, availability } }: { readonly wish: ShownWish }) {
  const { product: words } = useTexts()
  const texts = useWishlistTexts()
  if (slug === null) return <p className="text-sm font-medium text-bad">{texts.gone}</p>
  if (availability === 'gone') {
    return <p className="text-sm font-medium text-bad">{texts.goneVariant}</p>
  }
  if (availability === 'out') return <p className="text-sm text-muted">{texts.soldOut}</p>
  return (
    <p className={`text-xs ${availability === 'in-stock' ? 'text-good' : 'text-muted'}`}>
      {words.availability[availability ?? '']}
    </p>
  )
}

function Actions({ wish, name }: { readonly wish: ShownWish; readonly name: string }) {
  const paths = usePaths()
  const texts = useWishlistTexts()
  const { slug, buys, availability, productId, sku, key } = wish
  const canChoose = slug !== null && buys === null && availability !== 'out'
  return (
    <div className="mt-2 flex flex-col gap-1">
      {canChoose ? (
        <Link
          to={paths.product(slug)}
          className="button-line px-2 text-center"
          aria-label={availability === 'gone' ? texts.lookOf(name) : texts.chooseOf(name)}
        >
          {availability === 'gone' ? texts.look : texts.choose}
        </Link>
      ) : null}
      <Form method="post" className="flex flex-col gap-1" preventScrollReset>
        <input type="hidden" name="product" value={productId} />
        <input type="hidden" name="name" value={name} />
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="sku" value={sku ?? ''} />
        <input type="hidden" name="buys" value={buys ?? ''} />
        {buys === null ? null : (
          <Submit className="button px-2" name="intent" value="cart" label={texts.toCartOf(name)}>
            {texts.toCart}
          </Submit>
        )}
        <Submit
          className="button-quiet text-sm text-muted underline"
          name="intent"
          value="remove"
          label={texts.removeOf(name)}
        >
          {texts.remove}
        </Submit>
      </Form>
    </div>
  )
}

/** What nobody sells any more may have no name left. */
export function nameOf(
  { name }: Pick<ShownWish, 'name'>,
  texts: ReturnType<typeof useWishlistTexts>,
): string {
  return name === '' ? texts.goneProduct : name
}
