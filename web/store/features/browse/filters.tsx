import { useEffect, useRef, type ReactNode, type RefObject } from 'react'

import { FacetField } from './facet-field.tsx'
import type { List } from './list.ts'
import { PriceField } from './price-field.tsx'
import { paramsOf, type ListAddress } from './use-address.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'

/** The panel by this id opens as a popover, so that it does without scripts, too. */
export const PANEL = 'filter-panel'
/** The form that sorting belongs to, wherever it stands. */
export const FORM = 'filters'

/** What a list is narrowed by: beside it on a desk, a panel over it on a phone. */
export function Filters({
  list: { facets, prices, total },
  address,
  children,
}: {
  readonly list: List
  readonly address: ListAddress
  /** Links to narrower categories. */
  readonly children?: ReactNode
}) {
  const browse = useBrowseTexts()
  const panel = useRef<HTMLElement>(null)
  useFocus(panel)
  const { path, params, show } = address
  const kept = ['q', 'category', 'all'].flatMap((name) =>
    [...new Set(params.getAll(name))].map((value) => [name, value] as const),
  )
  return (
    <section
      ref={panel}
      id={PANEL}
      popover="auto"
      aria-label={browse.filters}
      className="filter-panel"
    >
      <PanelHead />
      <form
        id={FORM}
        action={path}
        onSubmit={(event) => {
          event.preventDefault()
          show(paramsOf(event.currentTarget))
          if (panel.current?.matches(':popover-open') === true) panel.current.hidePopover()
        }}
        className="px-4 lg:px-1"
      >
        {/* What Enter in a field presses; the next one is a facet's. */}
        <button type="submit" hidden>
          {browse.apply}
        </button>
        {kept.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        {children}
        <PriceField prices={prices} address={address} />
        {facets.map((facet, place) => (
          <FacetField
            key={facet.name}
            facet={facet}
            address={address}
            isFirst={place < FIRST_OPEN}
          />
        ))}
        <div className="sticky bottom-0 z-20 -mx-4 border-t border-line bg-paper p-4 lg:hidden noscript:lg:block">
          <button type="submit" className="button w-full">
            {browse.show(total)}
          </button>
        </div>
      </form>
    </section>
  )
}

const FIRST_OPEN = 3

/** Only where the filters are a panel. */
function PanelHead() {
  const browse = useBrowseTexts()
  return (
    <div className="sticky top-0 z-20 flex items-center justify-between bg-paper px-4 py-2 lg:hidden">
      <h2 className="text-xl font-bold">{browse.filters}</h2>
      <button
        type="button"
        popoverTarget={PANEL}
        popoverTargetAction="hide"
        aria-label={browse.close}
        className="grid size-11 place-items-center text-2xl"
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  )
}

/** Focus goes into the panel that opens; it covers the page, so whoever goes on behind it closes it. */
function useFocus(panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = panel.current
    if (element === null) return undefined
    const ending = new AbortController()
    const { signal } = ending
    element.addEventListener(
      'toggle',
      ({ newState }) => newState === 'open' && element.querySelector('button')?.focus(),
      { signal },
    )
    element.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        const isLeft = relatedTarget instanceof Node && !element.contains(relatedTarget)
        if (isLeft && element.matches(':popover-open')) element.hidePopover()
      },
      { signal },
    )
    return () => ending.abort()
  }, [panel])
}
