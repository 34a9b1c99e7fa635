import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useNavigate,
  useRouteLoaderData,
} from 'react-router'

import type { Route } from './+types/root.ts'
import { FollowContext } from '../kit/link.tsx'
import type { paths } from './api.d.ts'
import { apiOf, categoriesOf, found } from './lib/api.ts'
import { pathsOf } from './lib/paths-of.ts'
import { HereContext, type Here } from './lib/shop.ts'
import { visitContext } from './visit.ts'
import { languageIn } from './features/shell/fault.tsx'
import styles from './style.css?url'

type ApiLook = paths['/api/v1/shop']['get']['responses'][200]['content']['application/json']['look']

/** The same for everybody who speaks the language, so that pages can be kept. */
export async function loader({ context }: Route.LoaderArgs): Promise<Here> {
  const { shop, language, origin, currencies } = context.get(visitContext)
  const api = apiOf(context)
  const { shown: currency } = currencies
  const [categories, said, all, ways] = await Promise.all([
    categoriesOf(api, language),
    api.GET('/api/v1/shop'),
    currencies.all(),
    currencies.deliveryIn(currency),
  ])
  const { look } = found(said)
  const delivery = Object.entries(ways).map(([method, amount]) => ({
    method,
    price: { amount, currency },
  }))
  const { slug, name, timeZone, languages } = shop
  return {
    shop: {
      slug,
      name,
      currency: shop.currency,
      timeZone,
      delivery,
      look: shownLook(look, language),
    },
    language,
    languages,
    currency,
    currencies: all,
    manifest: pathsOf(context).manifest(),
    origin,
    categories: categories.flatMap(({ slug: place, name: said, parent }) =>
      parent === null ? [{ slug: place, name: said }] : [],
    ),
  }
}

function shownLook(
  { css, colors, logo, tagline }: ApiLook,
  language: string,
): Here['shop']['look'] {
  return {
    css,
    paper: { light: colors.light.paper, dark: colors.dark.paper },
    logo: { url: logo.url, text: logo.text },
    tagline: tagline[language] ?? null,
  }
}

/** By its address: as part of a script it would come again with that script, behind the shop's own look. */
export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

/** Nothing of it changes while somebody looks around. */
export function shouldRevalidate(): boolean {
  return false
}

export function Layout({ children }: { readonly children: React.ReactNode }) {
  const here = useRouteLoaderData<Here>('root')
  const { pathname } = useLocation()
  const look = here?.shop.look
  return (
    <html lang={here?.language ?? languageIn(pathname)} className="bg-paper text-ink antialiased">
      <head>
        {/* The first script there is (`dress`): unnamed here, a browser would take it for the next one. */}
        {/* oxlint-disable-next-line react/no-danger -- It says nothing. */}
        {import.meta.env.SSR ? null : <script dangerouslySetInnerHTML={{ __html: '' }} />}
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {/* In the order in which they are written: browsers look for each behind the one before. */}
        <Links />
        {/* Behind our own style sheet, whose tokens it sets anew. */}
        {look === undefined ? null : <link rel="stylesheet" href={look.css} />}
        <Meta />
        {here === undefined || look === undefined ? null : (
          <>
            <link rel="icon" type="image/png" sizes="192x192" href="/icons/192.png" />
            <link rel="apple-touch-icon" href="/icons/180.png" />
            {/* Nobody needs it before the page is awake: it would share the way with what is seen. */}
            {import.meta.env.SSR ? null : <link rel="manifest" href={here.manifest} />}
            <meta
              name="theme-color"
              media="(prefers-color-scheme: light)"
              content={look.paper.light}
            />
            <meta
              name="theme-color"
              media="(prefers-color-scheme: dark)"
              content={look.paper.dark}
            />
          </>
        )}
      </head>
      <body className="flex min-h-dvh flex-col">
        <FollowContext value={useNavigate()}>
          <HereContext value={here}>{children}</HereContext>
        </FollowContext>
        <ScrollRestoration />
        {/* They stand behind all that a browser makes alive, so it need not know how they were written. */}
        {import.meta.env.SSR ? <Scripts /> : null}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export { BareFault as ErrorBoundary } from './features/shell/fault.tsx'
