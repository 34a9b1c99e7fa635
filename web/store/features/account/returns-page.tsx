import { Link } from '../../../kit/link.tsx'

import { apiOf } from '../../lib/api.ts'
import { ReturnFacts } from '../../lib/returns.tsx'
import { Pager } from '../../lib/pager.tsx'
import { usePaths } from '../../lib/shop.ts'
import { useReturnsTexts } from '../../lib/texts/returns.ts'
import type { Route } from './+types/returns-page.ts'
import { ownMeta } from './meta.ts'
import { needPerson, ownFound } from './person.ts'

const ON_A_PAGE = 10

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  const after = url.searchParams.get('after')
  const answer = await apiOf(context).GET('/api/v1/users/me/returns', {
    params: { query: { limit: ON_A_PAGE, ...(after === null ? {} : { after }) } },
  })
  return { ...ownFound(answer, context, url), isFirst: after === null }
}

export const meta: Route.MetaFunction = ({ matches }) =>
  ownMeta(matches, ({ parts }) => parts.returns)

export default function ReturnsPage({
  loaderData: { items, next, isFirst },
}: Route.ComponentProps) {
  const texts = useReturnsTexts()
  const paths = usePaths()
  return (
    <section aria-labelledby="title" className="flex flex-col gap-5">
      <h1 id="title" className="text-2xl font-bold">
        {texts.title}
      </h1>
      {items.length === 0 ? (
        <div className="flex flex-col items-start gap-3 rounded-card border border-dashed border-line p-8">
          <p className="font-semibold">{texts.none}</p>
          <p className="text-muted">{texts.noneMore}</p>
          <Link to={paths.account()} className="button">
            {texts.toOrders}
          </Link>
        </div>
      ) : (
        <ul className="flex flex-col gap-3">
          {items.map((each) => (
            <li key={each.id} className="rounded-card border border-line bg-card p-5">
              <ReturnFacts of={each} level="h2">
                <Link
                  to={`${paths.order(each.orderId)}#returns`}
                  className="-ml-3 button-quiet self-start text-sm underline"
                >
                  {texts.ofOrder(each.orderNumber)}
                </Link>
              </ReturnFacts>
            </li>
          ))}
        </ul>
      )}
      <Pager path={paths.account('returns')} isFirst={isFirst} next={next} texts={texts} />
    </section>
  )
}
