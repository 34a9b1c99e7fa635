import { Form, useActionData } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Notice } from '../../../kit/notice.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { useFocus } from '../../../kit/use-focus.ts'
import { addToCart } from '../../lib/cart/change.ts'
import { textIn } from '../../lib/form.ts'
import { EmptyList } from '../../lib/empty-list.tsx'
import { Pager } from '../../lib/pager.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useWishlistTexts, wishlistTextsOf } from '../../lib/texts/wishlist.ts'
import { changeWishes, removeWish } from '../../lib/wishes/wishes.ts'
import { visitContext } from '../../visit.ts'
import type { Route } from './+types/wishlist-page.ts'
import { wishesOf } from './load.ts'
import { WishCard } from './wish-card.tsx'

export async function loader({ context, url }: Route.LoaderArgs) {
  const after = url.searchParams.get('after')
  const list = await wishesOf(context, after)
  return { ...list, isFirst: after === null, problem: url.searchParams.get('problem') }
}

/** Removes one, puts it back, or moves it to the cart. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData()
  const [name, product, sku] = [textIn(form, 'name'), textIn(form, 'product'), textIn(form, 'sku')]
  const { faults } = wishlistTextsOf(context.get(visitContext).language)
  if (textIn(form, 'intent') === 'cart') {
    const added = await addToCart(context, textIn(form, 'buys'), 1, textIn(form, 'key'))
    if (!added.ok) return { done: 'refused' as const, message: added.message }
    await removeWish(context, product)
    return { done: 'moved' as const, name }
  }
  const fault = await changeWishes(context, form)
  if (fault !== undefined) return { done: 'refused' as const, message: faults[fault] ?? fault }
  return textIn(form, 'intent') === 'remove'
    ? { done: 'removed' as const, name, product, sku }
    : { done: 'back' as const }
}

export const meta: Route.MetaFunction = ({ matches }) => {
  const here = matches[0].loaderData
  if (here === undefined) return []
  return [
    { title: `${wishlistTextsOf(here.language).title} · ${here.shop.name}` },
    { name: 'robots', content: 'noindex, nofollow' },
  ]
}

export default function WishlistPage({ loaderData }: Route.ComponentProps) {
  const { wishes, next, isFirst, isGuest, problem } = loaderData
  const texts = useWishlistTexts()
  const paths = usePaths()
  const answer = useActionData<typeof action>()
  // What was moved or removed is gone with its button.
  const title = useFocus<HTMLHeadingElement>(answer?.done === 'refused' ? undefined : answer)
  return (
    <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 py-8">
      <h1 ref={title} tabIndex={-1} className="text-3xl font-bold outline-none">
        {texts.title}
        {wishes.length === 0 || !isFirst || next !== null ? null : (
          <span className="ml-3 text-base font-normal text-muted">
            {texts.count(wishes.length)}
          </span>
        )}
      </h1>
      {isGuest && wishes.length > 0 ? (
        <p className="mt-2 max-w-prose text-muted">
          {texts.guest}{' '}
          <Link to={paths.signInFor(paths.wishlist())} className="text-accent underline">
            {texts.signIn}
          </Link>
        </p>
      ) : null}
      <div className="mt-4 empty:hidden">
        <Outcome answer={answer} problem={problem} />
      </div>
      {wishes.length === 0 ? (
        <Empty />
      ) : (
        <ul className="mt-6 grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4">
          {wishes.map((wish) => (
            <li key={wish.productId}>
              <WishCard wish={wish} />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-6 empty:hidden">
        <Pager path={paths.wishlist()} isFirst={isFirst} next={next} texts={texts} />
      </div>
    </main>
  )
}

/** What came of the last button, or of a heart that was pressed without scripts. */
function Outcome({
  answer,
  problem,
}: {
  readonly answer: Awaited<ReturnType<typeof action>> | undefined
  readonly problem: string | null
}) {
  const texts = useWishlistTexts()
  const paths = usePaths()
  if (answer === undefined) {
    const said = texts.faults[problem ?? '']
    return said === undefined ? null : <Notice tone="bad">{said}</Notice>
  }
  if (answer.done === 'refused') {
    return (
      <Notice tone="bad" about={answer}>
        {answer.message}
      </Notice>
    )
  }
  if (answer.done === 'back') return null
  if (answer.done === 'moved') {
    return (
      <Notice tone="good">
        {texts.moved(answer.name)}{' '}
        <Link to={paths.cart()} className="font-semibold text-accent underline">
          {texts.openCart}
        </Link>
      </Notice>
    )
  }
  return (
    <Notice tone="good">
      <Form method="post" className="flex flex-wrap items-center justify-between gap-x-4">
        <span className="wrap-anywhere">{texts.removed(answer.name)}</span>
        <input type="hidden" name="intent" value="add" />
        <input type="hidden" name="product" value={answer.product} />
        <input type="hidden" name="sku" value={answer.sku} />
        <Submit className="-ml-3 button-quiet underline sm:ml-0">{texts.undo}</Submit>
      </Form>
    </Notice>
  )
}

/** An empty list says how it is filled and shows the way. */
function Empty() {
  const texts = useWishlistTexts()
  return <EmptyList sign={<span className="heart size-16 text-muted" />} texts={texts} />
}
