import { useLocation } from 'react-router'

import { useHere, useTexts } from './shop.ts'
import { inLanguage } from '../paths.ts'

/**
 * This very page in the other languages of the shop. Each is a page of its own that is loaded anew, with
 * its texts; what was asked for (`?q=…`) comes along.
 */
export function Languages({ isShort = false }: { readonly isShort?: boolean }) {
  const { language, languages } = useHere()
  const { shell, languages: names } = useTexts()
  const { pathname, search } = useLocation()
  if (languages.length < 2) return null
  const [first = language] = languages
  const list = (
    <ul className={isShort ? 'flex' : 'flex flex-wrap gap-x-2'}>
      {languages.map((each) => (
        <li key={each}>
          <a
            href={inLanguage(pathname, language, each, first) + search}
            hrefLang={each}
            lang={each}
            aria-current={each === language ? 'true' : undefined}
            className={`inline-flex min-h-11 items-center justify-center ${isShort ? 'min-w-9 text-sm uppercase' : 'min-w-11 px-1'} ${each === language ? 'font-bold text-ink' : 'text-muted hover:text-accent'}`}
          >
            {isShort ? (
              <abbr title={names[each] ?? each} className="no-underline">
                {each}
              </abbr>
            ) : (
              (names[each] ?? each)
            )}
          </a>
        </li>
      ))}
    </ul>
  )
  // Two landmarks of one name would only be in the way: the footer is one already.
  return isShort ? <nav aria-label={shell.language}>{list}</nav> : list
}
