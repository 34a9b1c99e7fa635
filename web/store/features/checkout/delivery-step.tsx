import type { Route } from './+types/delivery-step.ts'
import { cartOf } from '../../lib/cart/cart-of.ts'
import { moneyText } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { visitContext } from '../../visit.ts'
import { COLLECTED, draftOf, mustBeAt, saveStep } from './draft.ts'
import { Choices, StepForm } from './step-form.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'delivery')
  const { shop, currencies } = context.get(visitContext)
  const { currency } = (await cartOf(context)) ?? shop
  const methods = Object.entries(await currencies.deliveryIn(currency))
    .map(([method, amount]) => ({ method, price: { amount, currency } }))
    .toSorted((a, b) => a.price.amount - b.price.amount)
  return { chosen: draftOf(context).delivery, methods }
}

export const action = ({ context, request }: Route.ActionArgs) =>
  saveStep(context, request, 'delivery')

export default function DeliveryStep({ loaderData, actionData }: Route.ComponentProps) {
  const { language } = useHere()
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const { chosen, methods } = loaderData
  return (
    <StepForm
      title={checkout.deliveryTitle}
      back={paths.checkout(chosen === COLLECTED ? 'contact' : 'address')}
      wrong={actionData?.wrong}
    >
      <Choices
        name="delivery"
        legend={checkout.deliveryTitle}
        value={chosen}
        wrong={actionData?.wrong}
        choices={methods.map(({ method, price }) => ({
          value: method,
          label: checkout.deliveries[method] ?? method,
          more: checkout.deliveriesMore[method],
          price: price.amount === 0 ? checkout.free : moneyText(price, language),
        }))}
      />
    </StepForm>
  )
}
