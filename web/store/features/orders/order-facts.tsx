import type { ReactNode } from 'react'

import { moneyText, momentText, type Money } from '../../lib/format.ts'
import type { Order, Payment } from '../../lib/orders.ts'
import { methodName, type PaymentMethod } from '../../lib/payment-methods.ts'
import { useHere } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { useOrdersTexts } from '../../lib/texts/orders.ts'

interface Facts {
  readonly order: Order
  readonly payment: Payment | null
  readonly country: string | null
  readonly timeZone: string
  readonly methods: readonly PaymentMethod[]
  readonly history: readonly {
    readonly version: number
    readonly at: string
    readonly words: string
  }[]
}

/** The money, where the goods go, and what happened so far. */
export function OrderFacts({ data }: { readonly data: Facts }) {
  const { language } = useHere()
  const orders = useOrdersTexts()
  const checkout = useCheckoutTexts()
  const { order, country, history, timeZone } = data
  const { name, phone, line1, line2, city, postalCode } = order.shippingAddress ?? {}
  const said = (...parts: (string | undefined)[]) => parts.filter((each) => each).join(', ')
  const lines = [name, said(line1, line2), said(city, postalCode), country, phone]
  return (
    <div className="space-y-4">
      <MoneyFacts order={order} payment={data.payment} methods={data.methods} />
      <Card title={orders.to}>
        <p>{checkout.deliveries[order.deliveryMethod] ?? order.deliveryMethod}</p>
        {lines.map((line) => (line ? <p key={line}>{line}</p> : null))}
        <p className="text-muted wrap-anywhere">{order.email}</p>
      </Card>
      <Card title={orders.history}>
        <ol className="space-y-2">
          {history.map(({ version, at, words }) => (
            <li key={version}>
              {words}
              <time dateTime={at} className="block text-sm text-muted">
                {momentText(at, language, timeZone)}
              </time>
            </li>
          ))}
        </ol>
      </Card>
    </div>
  )
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="card px-5 py-4">
      <h2 className="mb-2 font-bold">{title}</h2>
      {children}
    </section>
  )
}

function MoneyFacts({ order, payment, methods }: Pick<Facts, 'order' | 'payment' | 'methods'>) {
  const { language } = useHere()
  const orders = useOrdersTexts()
  const { items, discount, delivery, taxes, total, paymentMethod } = order
  const text = (money: Money) => moneyText(money, language)
  const rates = taxes.rates.filter(({ tax }) => tax.amount > 0)
  const refunded = payment?.refunded
  return (
    <Card title={orders.money}>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1.5">
        <Row name={orders.goods} value={text(items)} />
        {discount.amount === 0 ? null : <Row name={orders.discount} value={`−${text(discount)}`} />}
        <Row name={orders.delivery} value={delivery.amount === 0 ? orders.free : text(delivery)} />
        {taxes.areIncluded
          ? null
          : rates.map(({ name, tax }) => <Row key={name} name={name} value={text(tax)} />)}
        <dt className="border-t border-line pt-2 text-lg font-bold">{orders.total}</dt>
        <dd className="border-t border-line pt-2 text-right text-lg font-bold">{text(total)}</dd>
        {taxes.areIncluded
          ? rates.map(({ name, tax }) => (
              <Row key={name} name={orders.taxIn(name)} value={text(tax)} />
            ))
          : null}
        {refunded === undefined || refunded.amount === 0 ? null : (
          <Row name={orders.back} value={text(refunded)} />
        )}
      </dl>
      <p className="mt-3 text-sm text-muted">
        {methodName(methods, payment?.method ?? paymentMethod)}
      </p>
    </Card>
  )
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="text-right">{value}</dd>
    </>
  )
}
