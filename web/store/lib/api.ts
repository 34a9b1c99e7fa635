import createClient, { type Client } from 'openapi-fetch'
import type { RouterContextProvider } from 'react-router'

import type { paths } from '../api.d.ts'
import { visitContext } from '../visit.ts'
import type { Category } from './shop.ts'

export type Api = Client<paths>

/** The API of this very process, asked as the person who came. For loaders and actions. */
export function apiOf(context: Readonly<RouterContextProvider>): Api {
  const { origin, fetch } = context.get(visitContext)
  return createClient<paths>({ baseUrl: origin, fetch })
}

/** What a question was answered with; a refusal becomes the page that says so (404, 503 …). */
export function found<T>({ data, response }: { data?: T; response: Response }): T {
  if (data !== undefined) return data
  throw new Response(null, { status: response.status, statusText: response.statusText })
}

/** More than a shop has; what the API gives at once. */
const MOST_CATEGORIES = 1000

/** The whole tree of what the shop sells, in the order of the shop. */
export async function categoriesOf(api: Api, lang: string): Promise<readonly Category[]> {
  const query = { lang, limit: MOST_CATEGORIES }
  const { items } = found(await api.GET('/api/v1/categories', { params: { query } }))
  return items.map(({ slug, name, parent }) => ({ slug, name, parent }))
}
