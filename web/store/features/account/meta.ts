import { accountTextsOf } from '../../lib/texts/account.ts'

/** What the root of every page knows, as far as titles need it. */
interface Match {
  readonly loaderData?: unknown
}

/** A title in the language of the page; what is one person's is no search machine's. */
export function ownMeta(
  matches: readonly (Match | undefined)[],
  title: (texts: ReturnType<typeof accountTextsOf>) => string,
) {
  const here = matches[0]?.loaderData as
    | { readonly language: string; readonly shop: { readonly name: string } }
    | undefined
  if (here === undefined) return []
  return [
    { title: `${title(accountTextsOf(here.language))} · ${here.shop.name}` },
    { name: 'robots', content: 'noindex, nofollow' },
  ]
}
