import type { Route } from './+types/keep.ts'
import { keepDraft, typedIn } from './draft.ts'

/** What is typed and not sent yet: it is there again after a reload and a step back. */
export async function action({ context, request }: Route.ActionArgs) {
  keepDraft(context, typedIn(await request.formData()))
  return new Response(null, { status: 204 })
}
