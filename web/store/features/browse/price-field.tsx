import { useEffect, useRef, useState } from 'react'

import { digitsOf, moneyText } from '../../lib/format.ts'
import { useHere } from '../../lib/shop.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'
import { movedTo, priceAt, STOPS, stopOf, type Scale } from './price-scale.ts'
import { paramsOf, type ListAddress } from './use-address.ts'

/** A slider has been left where it is for so long when it is meant. */
const STILL_MS = 400

/** Between which prices: two fields, and a slider for each of them where scripts run. */
export function PriceField({
  prices,
  address: { params, show },
}: {
  readonly prices: { readonly min: number; readonly max: number } | null
  readonly address: ListAddress
}) {
  const { shop } = useHere()
  const browse = useBrowseTexts()
  const bounds = useRef<HTMLFieldSetElement>(null)
  const said = { min: params.get('min') ?? '', max: params.get('max') ?? '' }
  const [draft, setDraft] = useState({ said, ...said })
  // What the address says now (Back, a removed filter) goes before what was being typed.
  if (draft.said.min !== said.min || draft.said.max !== said.max) setDraft({ said, ...said })
  const whole = 10 ** digitsOf(shop.currency)
  const scale = {
    min: Math.floor((prices?.min ?? 0) / whole),
    max: Math.ceil((prices?.max ?? 0) / whole),
  }
  const apply = () => {
    const form = bounds.current?.closest('form')
    if (form instanceof HTMLFormElement) show(paramsOf(form))
  }
  const change = (bound: Bound) => (value: string) => setDraft({ ...draft, [bound]: value })
  if (prices === null && said.min === '' && said.max === '') return null
  return (
    <fieldset ref={bounds} className="border-t border-line pt-3 pb-4">
      <legend className="sr-only">{browse.price}</legend>
      <p aria-hidden="true" className="mb-2 font-semibold">
        {browse.price}
      </p>
      <div className="grid grid-cols-2 gap-3">
        {BOUNDS.map((bound) => (
          <label key={bound} className="text-xs text-muted">
            {(bound === 'min' ? browse.priceFrom : browse.priceTo)(shop.currency)}
            <input
              type="number"
              inputMode="decimal"
              min={0}
              step="any"
              name={bound}
              value={draft[bound]}
              placeholder={String(scale[bound])}
              onChange={({ currentTarget }) => change(bound)(currentTarget.value)}
              onBlur={apply}
              className="field mt-1 w-full px-3 text-base text-ink"
            />
          </label>
        ))}
      </div>
      {scale.max > scale.min ? (
        <Slider scale={scale} draft={draft} onChange={change} onStill={apply} />
      ) : null}
    </fieldset>
  )
}

const BOUNDS = ['min', 'max'] as const
type Bound = (typeof BOUNDS)[number]

function Slider({
  scale,
  draft,
  onChange,
  onStill,
}: {
  readonly scale: Scale
  readonly draft: Readonly<Record<Bound, string>>
  readonly onChange: (bound: Bound) => (value: string) => void
  readonly onStill: () => void
}) {
  const { shop, language } = useHere()
  const browse = useBrowseTexts()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const price = {
    min: draft.min === '' ? scale.min : Number(draft.min),
    max: draft.max === '' ? scale.max : Number(draft.max),
  }
  const stops = { min: stopOf(price.min, scale), max: stopOf(price.max, scale) }
  const text = (whole: number) =>
    moneyText({ amount: whole * 10 ** digitsOf(shop.currency), currency: shop.currency }, language)
  const move = (bound: Bound, stop: number) => {
    const to = movedTo(stop, price[bound], scale)
    const free = bound === 'min' ? Math.min(to, stops.max - 1) : Math.max(to, stops.min + 1)
    const isEnd = free === (bound === 'min' ? 0 : STOPS)
    onChange(bound)(isEnd ? '' : String(priceAt(free, scale)))
    clearTimeout(timer.current)
    timer.current = setTimeout(onStill, STILL_MS)
  }
  return (
    <div className="relative mt-2 h-11 noscript:hidden">
      <svg
        aria-hidden="true"
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        className="absolute top-5 left-[1.375rem] h-1 w-[calc(100%-2.75rem)]"
      >
        <rect width="100" height="1" className="fill-line" />
        <rect
          x={stops.min}
          width={Math.max(0, stops.max - stops.min)}
          height="1"
          className="fill-accent"
        />
      </svg>
      {BOUNDS.map((bound) => (
        <input
          key={bound}
          type="range"
          min={0}
          max={STOPS}
          value={stops[bound]}
          aria-label={bound === 'min' ? browse.lowest : browse.highest}
          aria-valuetext={text(price[bound])}
          onChange={({ currentTarget }) => move(bound, Number(currentTarget.value))}
          // Where both stand at the dear end, the lower one must be the one that can be taken.
          className={`range ${bound === 'min' && stops.min > STOPS / 2 ? 'z-10' : ''}`}
        />
      ))}
    </div>
  )
}
