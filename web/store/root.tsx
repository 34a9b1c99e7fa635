import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from 'react-router'

import type { Route } from './+types/root.ts'
import { apiOf, found } from './lib/api.ts'
import type { Here } from './lib/shop.ts'
import { visitContext } from './visit.ts'
import './style.css'

/** The same for everybody who speaks the language, so that pages can be kept. */
export async function loader({ context }: Route.LoaderArgs): Promise<Here> {
  const { shop, language, origin } = context.get(visitContext)
  const answer = await apiOf(context).GET('/api/v1/categories', {
    params: { query: { lang: language } },
  })
  const { slug, name, currency, languages } = shop
  return {
    shop: { slug, name, currency },
    language,
    languages,
    origin,
    categories: found(answer).items,
  }
}

/** Nothing of it changes while somebody looks around. */
export function shouldRevalidate(): boolean {
  return false
}

export function Layout({ children }: { readonly children: React.ReactNode }) {
  const here = useRouteLoaderData<Here>('root')
  return (
    <html lang={here?.language ?? 'en'} className="bg-paper text-ink antialiased">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col">
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export { ErrorBoundary } from './features/shell/fault.tsx'
