import type { Route } from './+types/delivery-step.ts'
import { moneyText } from '../../lib/format.ts'
import { useHere, usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { visitContext } from '../../visit.ts'
import { COLLECTED, draftOf, mustBeAt, saveStep } from './draft.ts'
import { Choices, StepForm } from './step-form.tsx'

export function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'delivery')
  const { shop } = context.get(visitContext)
  const methods = Object.entries(shop.delivery)
    .map(([method, amount]) => ({ method, amount }))
    .toSorted((a, b) => a.amount - b.amount)
  return { chosen: draftOf(context).delivery, methods }
}

export const action = ({ context, request }: Route.ActionArgs) =>
  saveStep(context, request, 'delivery')

export default function DeliveryStep({ loaderData, actionData }: Route.ComponentProps) {
  const { language, shop } = useHere()
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
        choices={methods.map(({ method, amount }) => ({
          value: method,
          label: checkout.deliveries[method] ?? method,
          more: checkout.deliveriesMore[method],
          price:
            amount === 0 ? checkout.free : moneyText({ amount, currency: shop.currency }, language),
        }))}
      />
    </StepForm>
  )
}
