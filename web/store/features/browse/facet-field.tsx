import { useEffect, useRef, useState } from 'react'

import { Link } from '../../../kit/link.tsx'
import { adding, linkOf, without } from './address.ts'
import type { Facet } from './facets.ts'
import { paramsOf, type ListAddress } from './use-address.ts'
import { useBrowseTexts } from '../../lib/texts/browse.ts'

/**
 * One facet: its values with how many products each would leave. Of one that is closed they are not written: most are
 * never opened. Where something is chosen they are, or the form would forget it. Until scripts are there, a button asks
 * for the list with all of them.
 */
export function FacetField({
  facet,
  address,
  isFirst,
}: {
  readonly facet: Facet
  readonly address: ListAddress
  /** Those at the top are open, and so is what something is chosen of, or what was asked for. */
  readonly isFirst: boolean
}) {
  const browse = useBrowseTexts()
  const { name, label, size } = facet
  const { params } = address
  const chosen = params.getAll(name)
  const isWhole = params.getAll('all').includes(name)
  const [isOpen, setOpen] = useState(isFirst || isWhole || chosen.length > 0)
  const field = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    // It may have been opened before the page was awake; the button goes then, and does not take the focus with it.
    if (field.current?.open !== true) return
    field.current.querySelector<HTMLElement>(':scope:has(> button:focus) > summary')?.focus()
    setOpen(true)
  }, [])
  const title = label ?? browse.brand
  return (
    <details
      ref={field}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="facet"
    >
      <summary>
        {title}
        {chosen.length === 0 ? null : <span className="badge">{chosen.length}</span>}
      </summary>
      {isOpen || chosen.length > 0 ? (
        <Values facet={facet} address={address} title={title} isWhole={isWhole} />
      ) : (
        <button type="submit" name="all" value={name} className="facet-more">
          {browse.allValues(size)}
        </button>
      )}
    </details>
  )
}

function Values({
  facet: { name, values, size },
  address: { path, params, show },
  title,
  isWhole,
}: {
  readonly facet: Facet
  readonly address: ListAddress
  readonly title: string
  readonly isWhole: boolean
}) {
  const browse = useBrowseTexts()
  const chosen = params.getAll(name)
  const words: Readonly<Record<string, string>> = { true: browse.yes, false: browse.no }
  return (
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
          to={linkOf(path, (isWhole ? without : adding)(params, 'all', name))}
          rel="nofollow"
          preventScrollReset
          replace
          className="facet-more"
        >
          {isWhole ? browse.fewerValues : browse.allValues(size)}
        </Link>
      ) : null}
    </fieldset>
  )
}
