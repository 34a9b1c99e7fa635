import { Form } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { dateText, moneyText, type Money } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

/** What lists of orders say of one, and the key of what is done to it next. */
export interface ListedOrder {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly total: Money
  readonly createdAt: string
  /** What was ordered; empty where that could not be read. */
  readonly lines: readonly { readonly name: string; readonly quantity: number }[]
  readonly key: string
}

/** Buyers cancel what is not paid; the API has the last word. */
const CANCELLABLE = ['created', 'reserved']

export function OrderRow({ order }: { readonly order: ListedOrder }) {
  const { language, shop } = useHere()
  const paths = usePaths()
  const { orders: texts } = useAccountTexts()
  const { id, number, status, total, createdAt, lines } = order
  const ordered = lines.map(({ name, quantity }) =>
    quantity === 1 ? name : texts.several(name, quantity),
  )
  return (
    <li className="flex flex-col gap-4 rounded-card border border-line bg-card p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h2 className="font-semibold">
            <Link to={paths.order(id)} className="hover:text-accent">
              {texts.order(number)}
            </Link>
          </h2>
          <p className="text-sm text-muted">
            <time dateTime={createdAt}>
              {texts.placed(dateText(createdAt, language, shop.timeZone))}
            </time>
          </p>
        </div>
        <div className="sm:text-right">
          <p className="text-lg font-bold whitespace-nowrap">{moneyText(total, language)}</p>
          <p className={`text-sm font-medium ${toneOf(status)}`}>
            {texts.status[status] ?? status}
          </p>
        </div>
      </div>
      {ordered.length === 0 ? null : (
        <p className="line-clamp-2 text-muted">{ordered.join(' · ')}</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Link
          to={paths.order(id)}
          className="button-line"
          aria-label={`${texts.open}: ${texts.order(number)}`}
        >
          {texts.open}
        </Link>
        <Form method="post">
          <Hidden order={order} />
          <Submit className="button-line" name="intent" value="again">
            {texts.again}
          </Submit>
        </Form>
        {CANCELLABLE.includes(status) ? <Cancel order={order} /> : null}
      </div>
    </li>
  )
}

/** Asked twice, by what needs no script: the second press is inside. */
function Cancel({ order }: { readonly order: ListedOrder }) {
  const { orders: texts } = useAccountTexts()
  return (
    <details className="group">
      <summary className="button-quiet cursor-pointer list-none text-muted">{texts.cancel}</summary>
      <Form method="post" className="mt-2 flex flex-wrap items-center gap-3">
        <Hidden order={order} />
        <span className="text-sm">{texts.sure}</span>
        <Submit className="button-line border-bad text-bad" name="intent" value="cancel">
          {texts.cancel}
        </Submit>
      </Form>
    </details>
  )
}

function Hidden({ order: { id, number, key } }: { readonly order: ListedOrder }) {
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="key" value={key} />
    </>
  )
}

function toneOf(status: string): string {
  if (status === 'fulfilled' || status === 'confirmed') return 'text-good'
  return status === 'cancelled' ? 'text-muted' : 'text-accent'
}
