import { Link } from '../../../kit/link.tsx'
import { digitsOf, moneyText } from '../../lib/format.ts'
import { useHere } from '../../lib/shop.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'
import { filtersIn, linkOf, unfiltered, without } from './address.ts'
import type { List } from './list.ts'
import type { ListAddress } from './use-address.ts'

/** What is chosen, each a link that takes it back. */
export function Chips({
  list: { facets },
  address: { path, params },
  category,
  onRemove,
}: {
  readonly list: List
  readonly address: ListAddress
  /** What the chosen category is called. */
  readonly category: string | undefined
  /** The link goes with its filter: focus has to go somewhere. */
  readonly onRemove: () => void
}) {
  const { shop, language } = useHere()
  const browse = useBrowseTexts()
  const chosen = filtersIn(params)
  if (chosen.length === 0) return null
  const money = (whole: string) =>
    moneyText(
      {
        amount: Math.round(Number(whole) * 10 ** digitsOf(shop.currency)),
        currency: shop.currency,
      },
      language,
    )
  const textOf = (name: string, value: string): string => {
    if (name === 'min') return browse.above(money(value))
    if (name === 'max') return browse.below(money(value))
    if (name === 'category') return category ?? value
    const facet = facets.find((each) => each.name === name)
    const called = facet?.values.find(({ code }) => code === value)?.name ?? value
    const words: Readonly<Record<string, string>> = { true: browse.yes, false: browse.no }
    return facet === undefined || facet.label === null
      ? called
      : `${facet.label}: ${words[called] ?? called}`
  }
  return (
    <ul aria-label={browse.chosen} className="flex flex-wrap items-center gap-2">
      {chosen.map(([name, value]) => (
        <li key={`${name}=${value}`}>
          <Chip
            text={textOf(name, value)}
            to={linkOf(path, without(params, name, value))}
            onRemove={onRemove}
          />
        </li>
      ))}
      {chosen.length < 2 ? null : (
        <li>
          <Link
            to={linkOf(path, unfiltered(params))}
            rel="nofollow"
            preventScrollReset
            onClick={onRemove}
            className="button-quiet text-sm text-accent"
          >
            {browse.clear}
          </Link>
        </li>
      )}
    </ul>
  )
}

function Chip({
  text,
  to,
  onRemove,
}: {
  readonly text: string
  readonly to: string
  readonly onRemove: () => void
}) {
  const browse = useBrowseTexts()
  return (
    <Link
      to={to}
      rel="nofollow"
      preventScrollReset
      onClick={onRemove}
      aria-label={browse.remove(text)}
      className="flex min-h-11 items-center gap-2 rounded-full border border-line bg-card px-4 text-sm hover:border-accent"
    >
      {text}
      <span aria-hidden="true" className="text-lg leading-none text-muted">
        ×
      </span>
    </Link>
  )
}
