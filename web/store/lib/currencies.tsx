import { useLocation } from 'react-router'

import { useHere, usePaths, useTexts } from './shop.ts'

/** In which prices are shown: a form that loads the page anew, as another language does. */
export function Currencies() {
  const { currency, currencies } = useHere()
  const { shell } = useTexts()
  const paths = usePaths()
  const { pathname, search } = useLocation()
  if (currencies.length < 2) return null
  return (
    <form method="post" action={paths.currency()} className="flex flex-wrap gap-x-1">
      <input type="hidden" name="to" value={pathname + search} />
      {currencies.map((each) => (
        <button
          key={each}
          name="currency"
          value={each}
          aria-label={shell.pricesIn(each)}
          aria-pressed={each === currency}
          className={`min-h-11 min-w-11 cursor-pointer px-2 ${each === currency ? 'font-bold text-ink' : 'text-muted hover:text-accent'}`}
        >
          {each}
        </button>
      ))}
    </form>
  )
}
