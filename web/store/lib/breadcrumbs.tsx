import { type MetaDescriptor } from 'react-router'

import { Link } from '../../kit/link.tsx'
import type { Paths } from '../paths.ts'
import type { Category } from './shop.ts'
import { useBrowseTexts } from './texts/browse.ts'
import { usePaths } from './shop.ts'

/** A page on the way to this one. */
interface Crumb {
  readonly name: string
  readonly path: string
}

export function crumbsOf(way: readonly Category[], paths: Paths): readonly Crumb[] {
  return way.map(({ slug, name }) => ({ name, path: paths.category(slug) }))
}

/** The way from the front page; the last one is where one is. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const paths = usePaths()
  const browse = useBrowseTexts()
  const all = [{ name: browse.home, path: paths.home() }, ...crumbs]
  return (
    <nav aria-label={browse.breadcrumbs} className="text-sm text-muted">
      <ol className="flex flex-wrap items-center gap-x-2">
        {all.map(({ name, path }, place) => (
          <li key={path} className="flex items-center gap-2">
            {place === 0 ? null : <span aria-hidden="true">›</span>}
            {place === all.length - 1 ? (
              <span aria-current="page">{name}</span>
            ) : (
              <Link to={path} className="flex min-h-11 items-center hover:text-accent">
                {name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The same for search engines (schema.org BreadcrumbList). */
export function breadcrumbData(
  crumbs: readonly Crumb[],
  { origin, home, name }: { readonly origin: string; readonly home: string; readonly name: string },
): MetaDescriptor {
  return {
    'script:ld+json': {
      '@context': 'https://schema.org',
      '@type': 'BreadcrumbList',
      itemListElement: [{ name, path: home }, ...crumbs].map((crumb, place) => ({
        '@type': 'ListItem',
        position: place + 1,
        name: crumb.name,
        item: origin + crumb.path,
      })),
    },
  }
}
