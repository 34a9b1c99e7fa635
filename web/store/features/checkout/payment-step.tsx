import type { Route } from './+types/payment-step.ts'
import { PAYMENT_METHODS } from '../../lib/payment-methods.ts'
import { usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { draftOf, mustBeAt, saveStep } from './draft.ts'
import { Choices, StepForm } from './step-form.tsx'

export function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'payment')
  return { chosen: draftOf(context).payment ?? PAYMENT_METHODS[0] }
}

export const action = ({ context, request }: Route.ActionArgs) =>
  saveStep(context, request, 'payment')

export default function PaymentStep({ loaderData, actionData }: Route.ComponentProps) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  return (
    <StepForm
      title={checkout.paymentTitle}
      more={<p>{checkout.paymentMore}</p>}
      back={paths.checkout('delivery')}
      wrong={actionData?.wrong}
    >
      <Choices
        name="payment"
        legend={checkout.paymentTitle}
        value={loaderData.chosen}
        wrong={actionData?.wrong}
        choices={PAYMENT_METHODS.map((method) => ({
          value: method,
          label: checkout.payments[method] ?? method,
        }))}
      />
    </StepForm>
  )
}
