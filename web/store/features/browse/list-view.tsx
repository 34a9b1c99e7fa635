import { useEffect, useRef, type ReactNode, type RefObject } from 'react'

import { Link } from '../../../kit/link.tsx'
import { filtersIn, linkOf, SORTS, unfiltered } from './address.ts'
import { Chips } from './chips.tsx'
import { Filters, FORM, PANEL } from './filters.tsx'
import type { List } from './list.ts'
import { Results } from './results.tsx'
import { paramsOf, useListAddress, type ListAddress } from './use-address.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'

/** Products with all they can be narrowed and sorted by: of a category, a brand, a search. */
export function ListView({
  list,
  category,
  narrower,
  whenEmpty,
}: {
  readonly list: List
  /** What the chosen category is called, where it is a filter. */
  readonly category?: string | undefined
  readonly narrower?: (address: ListAddress) => ReactNode
  /** What helps where there is nothing even without filters. */
  readonly whenEmpty: ReactNode
}) {
  const address = useListAddress()
  const browse = useBrowseTexts()
  const status = useRef<HTMLOutputElement>(null)
  useKeptFocus(list, status)
  const chosen = filtersIn(address.params)
  if (list.total === 0 && chosen.length === 0) return whenEmpty
  return (
    <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] lg:items-start lg:gap-8">
      <Filters list={list} address={address}>
        {narrower?.(address)}
      </Filters>
      <div className="min-w-0">
        <div className="mb-4 flex flex-wrap items-center gap-3 sm:gap-4">
          <output
            ref={status}
            tabIndex={-1}
            className="mr-auto text-sm text-muted max-sm:basis-full"
          >
            {browse.products(list.total)}
          </output>
          <button
            type="button"
            popoverTarget={PANEL}
            className="field flex flex-1 items-center justify-center gap-2 font-medium sm:flex-none lg:hidden"
          >
            {browse.filters}
            {chosen.length === 0 ? null : <span className="badge">{chosen.length}</span>}
          </button>
          <Sort address={address} />
        </div>
        {chosen.length === 0 ? null : (
          <div className="mb-5">
            <Chips
              list={list}
              address={address}
              category={category}
              onRemove={() => status.current?.focus({ preventScroll: true })}
            />
          </div>
        )}
        {list.total === 0 ? (
          <NothingLeft clear={linkOf(address.path, unfiltered(address.params))} />
        ) : (
          <Results list={list} address={address} />
        )}
      </div>
    </div>
  )
}

/** What one has just taken back may be gone with its filter, and the focus with it. */
function useKeptFocus(list: List, status: RefObject<HTMLElement | null>): void {
  const first = useRef(list)
  useEffect(() => {
    if (list === first.current || document.activeElement !== document.body) return
    const inPanel = document.querySelector<HTMLElement>(`#${PANEL}:popover-open button`)
    const next = inPanel ?? status.current
    next?.focus({ preventScroll: true })
  }, [list, status])
}

/** Belongs to the form of the filters; the first of the orders is the one that is not said. */
function Sort({ address: { params, show } }: { readonly address: ListAddress }) {
  const browse = useBrowseTexts()
  const isSought = params.has('q')
  const [first, ...others] = isSought ? SORTS : SORTS.slice(1)
  return (
    <div className="flex flex-[1.5] items-center gap-2 sm:flex-none">
      <label className="flex w-full items-center gap-2 text-sm">
        <span className="whitespace-nowrap text-muted max-sm:sr-only">{browse.sort}</span>
        <select
          name="sort"
          form={FORM}
          value={params.get('sort') ?? ''}
          onChange={({ currentTarget: { form } }) => form !== null && show(paramsOf(form))}
          className="field w-full min-w-0 px-3 text-base"
        >
          <option value="">{browse.sorts[first ?? '']}</option>
          {others.map((sort) => (
            <option key={sort} value={sort}>
              {browse.sorts[sort]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" form={FORM} className="button-quiet hidden noscript:inline-flex">
        {browse.apply}
      </button>
    </div>
  )
}

function NothingLeft({ clear }: { readonly clear: string }) {
  const browse = useBrowseTexts()
  return (
    <div className="rounded-card border border-dashed border-line px-6 py-16 text-center">
      <h2 className="text-xl font-bold">{browse.nothingLeft}</h2>
      <p className="mt-2 text-muted">{browse.nothingLeftMore}</p>
      <p className="mt-6">
        <Link to={clear} className="button">
          {browse.clearFilters}
        </Link>
      </p>
    </div>
  )
}
