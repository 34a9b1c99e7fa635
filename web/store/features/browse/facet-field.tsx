import { useState } from 'react'

import { Link } from '../../../kit/link.tsx'
import { having, linkOf, without } from './address.ts'
import type { Facet } from './facets.ts'
import { paramsOf, type ListAddress } from './use-address.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'

/** One facet: its values with how many products each would leave. */
export function FacetField({
  facet: { name, label, values, size },
  address: { path, params, show },
  isFirst,
}: {
  readonly facet: Facet
  readonly address: ListAddress
  /** Those at the top are open, and so is what something is chosen of. */
  readonly isFirst: boolean
}) {
  const browse = useBrowseTexts()
  const chosen = params.getAll(name)
  const [isOpen, setOpen] = useState(isFirst || chosen.length > 0)
  const isWhole = params.get('all') === name
  const title = label ?? browse.brand
  const words: Readonly<Record<string, string>> = { true: browse.yes, false: browse.no }
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group border-t border-line"
    >
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 font-semibold [&::-webkit-details-marker]:hidden">
        {title}
        {chosen.length === 0 ? null : <span className="badge">{chosen.length}</span>}
        <Chevron />
      </summary>
      <fieldset className="pb-3">
        <legend className="sr-only">{title}</legend>
        {values.map(({ code, name: called, count }) => (
          <label key={code} className="choice">
            <input
              type="checkbox"
              name={name}
              value={code}
              checked={chosen.includes(code)}
              onChange={({ currentTarget: { form } }) => form !== null && show(paramsOf(form))}
            />
            <span>{words[called] ?? called}</span>
            <span>{count}</span>
          </label>
        ))}
        {values.length < size || isWhole ? (
          <Link
            to={linkOf(path, isWhole ? without(params, 'all') : having(params, 'all', name))}
            rel="nofollow"
            preventScrollReset
            replace
            className="flex min-h-11 items-center text-sm font-medium text-accent underline-offset-4 hover:underline"
          >
            {isWhole ? browse.fewerValues : browse.allValues(size)}
          </Link>
        ) : null}
      </fieldset>
    </details>
  )
}

function Chevron() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="ml-auto size-4 text-muted transition-transform group-open:rotate-180"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="m3 6 5 5 5-5" />
    </svg>
  )
}
