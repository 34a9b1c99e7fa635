import { redirect, type RouterContextProvider } from 'react-router'

import { pathsOf } from '../../lib/paths-of.ts'
import { pathOfPage } from '../../lib/safe-path.ts'
import { visitContext } from '../../visit.ts'

type Context = Readonly<RouterContextProvider>

/** Whether somebody has signed in; a session may turn out to have ended all the same. */
export function isSignedIn(context: Context): boolean {
  return context.get(visitContext).session.read().refreshToken !== undefined
}

/** Sends guests to sign in, and back to where they wanted to go. */
export function needPerson(context: Context, url: URL): void {
  if (!isSignedIn(context)) throw redirect(pathsOf(context).signInFor(pathOfPage(url)))
}

/** What one's own was answered with; a session that has ended meanwhile leads to sign-in. */
export function ownFound<T>(
  { data, response }: { readonly data?: T; readonly response: Response },
  context: Context,
  url: URL,
): T {
  if (data !== undefined) return data
  if (response.status === 401) throw redirect(pathsOf(context).signInFor(pathOfPage(url)))
  // What the API could not make sense of (a place in a list, an id) is nothing that is here.
  throw new Response(null, { status: response.status >= 500 ? response.status : 404 })
}
