import { useSearchParams } from 'react-router'

import { picturePath } from '../../paths.ts'
import {
  pictureOfValue,
  stateOf,
  withValue,
  type OptionGroup,
  type OptionValue,
  type PageProduct,
  type PageVariant,
  type ValueState,
} from './product.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'

interface Choosing {
  readonly product: PageProduct
  readonly chosen: PageVariant
}

/**
 * Groups of options as groups of radio buttons. What is chosen stands in the address, so that it can be
 * shared and survives a reload; without JavaScript the form sends it there.
 */
export function Options({ product, chosen }: Choosing) {
  const texts = useProductPageTexts()
  const [, setAsked] = useSearchParams()
  if (product.groups.length === 0) return null

  function onChoose(group: string, value: string): void {
    const variant = withValue(product, chosen, group, value)
    if (variant === undefined) return
    setAsked({ sku: variant.sku }, { replace: true, preventScrollReset: true })
  }

  return (
    <form method="get" className="flex flex-col gap-5 wrap-anywhere *:min-w-0">
      {product.groups.map((group) => (
        <Group key={group.code} {...{ product, chosen, group, onChoose }} />
      ))}
      <noscript>
        <button type="submit" className="button">
          {texts.choose}
        </button>
      </noscript>
    </form>
  )
}

function Group({
  product,
  chosen,
  group,
  onChoose,
}: Choosing & {
  readonly group: OptionGroup
  readonly onChoose: (group: string, value: string) => void
}) {
  const texts = useProductPageTexts()
  const { code, name, values } = group
  const states = values.map((value) => stateOf(product, chosen, code, value.code))
  const named = (state: string): string =>
    values.flatMap((value, n) => (states[n] === state ? [value.name] : [])).join(', ')
  const before = beforeOf(product, chosen, code)
  const impossible = named('impossible')
  const soldOut = named('out')
  const now = values.find((value) => value.code === chosen.choice[code])
  const note = `note-${code}`
  return (
    <fieldset aria-describedby={impossible + soldOut === '' ? undefined : note}>
      <legend className="mb-2 text-sm">
        <span className="text-muted">{name}:</span> <strong>{now?.name}</strong>
      </legend>
      <div className="flex flex-wrap gap-2 *:max-w-full">
        {values.map((value, n) => (
          <label key={value.code} title={whyNot(states[n], value)} className="group relative">
            <input
              type="radio"
              name={code}
              value={value.code}
              checked={value.code === chosen.choice[code]}
              disabled={states[n] === 'impossible'}
              onChange={() => onChoose(code, value.code)}
              className="peer absolute inset-0 z-10 size-full cursor-pointer opacity-0 disabled:cursor-not-allowed"
            />
            <Face value={value} picture={pictureOfValue(product, code, value.code)} />
            {states[n] !== 'free' && (
              <>
                <span className="sr-only">, {whyNot(states[n], value)}</span>
                <svg
                  viewBox="0 0 10 10"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  className="pointer-events-none absolute inset-1 size-[calc(100%-0.5rem)] stroke-muted opacity-60"
                >
                  <path d="M0 10L10 0" vectorEffect="non-scaling-stroke" />
                </svg>
              </>
            )}
          </label>
        ))}
      </div>
      <p id={note} className="mt-2 text-xs text-muted empty:hidden">
        {impossible !== '' && texts.notMade(before, impossible)}
        {impossible !== '' && soldOut !== '' && ' '}
        {soldOut !== '' && texts.soldOutNow(soldOut)}
      </p>
    </fieldset>
  )

  /** Why a value is gray, in words. */
  function whyNot(state: ValueState | undefined, value: OptionValue): string | undefined {
    if (state === 'impossible') return texts.notMade(before, value.name)
    return state === 'out' ? texts.outWord : undefined
  }
}

/** What is chosen in the groups before one: `M, red`. */
function beforeOf({ groups }: PageProduct, { choice }: PageVariant, code: string): string {
  const before = groups.slice(
    0,
    groups.findIndex((each) => each.code === code),
  )
  return before
    .flatMap((each) => each.values.filter((value) => value.code === choice[each.code]))
    .map(({ name }) => name)
    .join(', ')
}

/** A picture of the value, its color, or its word. */
function Face({
  value: { name, swatch },
  picture,
}: {
  readonly value: OptionValue
  readonly picture: string | undefined
}) {
  const frame =
    'flex min-h-11 min-w-11 items-center justify-center gap-2 overflow-hidden rounded-card border-2 border-line bg-card text-sm peer-checked:border-accent peer-checked:font-semibold peer-disabled:border-dashed peer-disabled:text-muted peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent group-hover:border-accent'
  if (picture !== undefined) {
    return (
      <span className={frame}>
        <img
          src={picturePath(picture, 160)}
          alt={name}
          width={64}
          height={64}
          loading="lazy"
          className="size-16 bg-white object-contain"
        />
      </span>
    )
  }
  return (
    <span className={`${frame} px-3`}>
      {swatch !== null && (
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5">
          <circle cx="10" cy="10" r="9" fill={swatch} stroke="currentColor" strokeOpacity="0.3" />
        </svg>
      )}
      {name}
    </span>
  )
}
