import type { Route } from './+types/contact-step.ts'
import { Link } from '../../../kit/link.tsx'
import { addressesOf } from '../../lib/addresses.ts'
import { apiOf } from '../../lib/api.ts'
import { usePaths } from '../../lib/shop.ts'
import { useCheckoutTexts } from '../../lib/texts/checkout.ts'
import { visitContext } from '../../visit.ts'
import { draftOf, saveStep } from './draft.ts'
import { StepForm, TextField } from './step-form.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { phone, email, name } = draftOf(context)
  const { accessToken } = context.get(visitContext).session.read()
  if (accessToken === undefined || email !== undefined) {
    return { phone, email, name, isGuest: accessToken === undefined }
  }
  const [{ data }, [first]] = await Promise.all([
    apiOf(context).GET('/api/v1/users/me'),
    addressesOf(context),
  ])
  return {
    phone: phone ?? first?.phone ?? undefined,
    email: data?.email,
    name: name ?? first?.name,
    isGuest: false,
  }
}

export const action = ({ context, request }: Route.ActionArgs) =>
  saveStep(context, request, 'contact')

export default function ContactStep({ loaderData, actionData }: Route.ComponentProps) {
  const checkout = useCheckoutTexts()
  const paths = usePaths()
  const { phone, email, name, isGuest } = loaderData
  const wrong = actionData?.wrong
  return (
    <StepForm
      title={checkout.contactTitle}
      wrong={wrong}
      more={
        isGuest ? (
          <p>
            {checkout.contactMore}{' '}
            <Link
              to={paths.signInFor(paths.checkout('contact'))}
              className="inline-flex min-h-11 items-center text-accent underline"
            >
              {checkout.signIn}
            </Link>
          </p>
        ) : undefined
      }
    >
      <TextField
        name="phone"
        label={checkout.phone}
        hint={checkout.phoneHint}
        value={phone}
        wrong={wrong}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={25}
      />
      <TextField
        name="email"
        label={checkout.email}
        hint={checkout.emailHint}
        value={email}
        wrong={wrong}
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={130}
      />
      <TextField
        name="name"
        label={checkout.name}
        value={name}
        wrong={wrong}
        autoComplete="name"
        maxLength={100}
      />
    </StepForm>
  )
}
