import type { Route } from './+types/payment-step.ts'
import { payingIn } from '../../lib/payment-methods.ts'
import { usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { draftOf, mustBeAt, saveStep } from './draft.ts'
import { Choices, StepForm } from './step-form.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  mustBeAt(context, 'payment')
  const { methods, provider } = await payingIn(context)
  const { payment } = draftOf(context)
  const isOffered = methods.some(({ method }) => method === payment)
  return { methods, provider, chosen: isOffered ? payment : methods[0]?.method }
}

export const action = ({ context, request }: Route.ActionArgs) =>
  saveStep(context, request, 'payment')

export default function PaymentStep({ loaderData, actionData }: Route.ComponentProps) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const { provider } = loaderData
  const said = ({ name, isTest }: NonNullable<typeof provider>) =>
    isTest ? checkout.paidByTest : checkout.paidBy(name)
  return (
    <StepForm
      title={checkout.paymentTitle}
      more={provider === null ? undefined : <p>{said(provider)}</p>}
      back={paths.checkout('delivery')}
      wrong={actionData?.wrong}
    >
      {loaderData.methods.length === 0 ? <p role="alert">{checkout.paymentNone}</p> : null}
      <Choices
        name="payment"
        legend={checkout.paymentTitle}
        value={loaderData.chosen}
        wrong={actionData?.wrong}
        choices={loaderData.methods.map(({ method, name }) => ({
          value: method,
          label: name,
        }))}
      />
    </StepForm>
  )
}
