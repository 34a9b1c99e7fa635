import type { Route } from './+types/manifest.ts'
import { apiOf, found } from '../../lib/api.ts'
import { pathsOf } from '../../lib/paths-of.ts'
import { visitContext } from '../../visit.ts'

export const handle = { isShared: true }

/** The shop as an app: its name, colors and icons, in the language of the address. */
export async function loader({ context }: Route.LoaderArgs): Promise<Response> {
  const { shop, language } = context.get(visitContext)
  const { look } = found(await apiOf(context).GET('/api/v1/shop'))
  const home = pathsOf(context).home()
  const manifest = {
    id: home,
    name: shop.name,
    short_name: look.logo.text ?? shop.name,
    description: look.tagline[language] ?? shop.name,
    lang: language,
    start_url: home,
    // Whoever changes the language stays in the app.
    scope: '/',
    display: 'standalone',
    background_color: look.colors.light.paper,
    theme_color: look.colors.light.paper,
    categories: ['shopping'],
    icons: [
      icon('192', '192x192', 'any'),
      icon('512', '512x512', 'any'),
      icon('maskable-512', '512x512', 'maskable'),
    ],
  }
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json; charset=utf-8' },
  })
}

function icon(name: string, sizes: string, purpose: 'any' | 'maskable') {
  return { src: `/icons/${name}.png`, sizes, type: 'image/png', purpose }
}
