import { momentText } from '../../lib/format.ts'
import type { Order } from '../../lib/orders.ts'
import { useHere } from '../../lib/shop.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'

interface Happened {
  readonly event: string
  readonly at: string
}

/** How far an order comes, each step with its time; a cancelled one has no way ahead. */
export function OrderSteps({
  order,
  history,
  timeZone,
}: {
  readonly order: Order
  readonly history: readonly Happened[]
  readonly timeZone: string
}) {
  const { language } = useHere()
  const orders = useOrdersTexts()
  if (order.status === 'cancelled') return null
  const timeOf = (event: string) => history.findLast((each) => each.event === event)?.at
  const steps = [
    { name: orders.steps.placed, at: timeOf('order.created') ?? order.createdAt },
    { name: orders.steps.paid, at: timeOf('order.confirmed') },
    { name: orders.steps.handed, at: timeOf('order.fulfilled') },
  ]
  const last = steps.findLastIndex(({ at }) => at !== undefined)
  return (
    <ol aria-label={orders.stepsLabel} className="mt-8 grid grid-cols-3 gap-2 sm:gap-4">
      {steps.map(({ name, at }, place) => (
        <li key={name} aria-current={place === last ? 'step' : undefined}>
          <span
            className={`block h-1.5 rounded-full ${at === undefined ? 'bg-line' : 'bg-good'}`}
          />
          <p className={`mt-2 ${at === undefined ? 'text-muted' : 'font-semibold'}`}>{name}</p>
          {at === undefined ? null : (
            <time dateTime={at} className="block text-xs text-muted sm:text-sm">
              {momentText(at, language, timeZone)}
            </time>
          )}
        </li>
      ))}
    </ol>
  )
}
