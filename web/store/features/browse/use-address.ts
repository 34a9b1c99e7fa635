import { startTransition, useMemo, useOptimistic } from 'react'
import { useLocation, useNavigate } from 'react-router'

import { linkOf, tidied } from './address.ts'

/** The address of a list, as it is about to be: a box that was checked is checked at once. */
export interface ListAddress {
  readonly path: string
  readonly params: URLSearchParams
  /** The list by these filters instead; where one is on the page stays. */
  readonly show: (params: URLSearchParams) => void
}

export function useListAddress(): ListAddress {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const current = useMemo(() => new URLSearchParams(search), [search])
  const [params, setParams] = useOptimistic(current)
  return {
    path: pathname,
    params,
    show(next) {
      if (linkOf('', next) === linkOf('', tidied(params))) return
      startTransition(async () => {
        setParams(next)
        await navigate(linkOf(pathname, next), { preventScrollReset: true })
      })
    },
  }
}

/** What a form says, without what is empty. */
export function paramsOf(form: HTMLFormElement): URLSearchParams {
  const pairs = [...new FormData(form)].map(([name, value]) => [
    name,
    typeof value === 'string' ? value : '',
  ])
  return tidied(new URLSearchParams(pairs))
}
