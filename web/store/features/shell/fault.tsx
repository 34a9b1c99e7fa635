import { useEffect } from 'react'
import { isRouteErrorResponse, useLocation, useRouteError } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { textsOf } from '../../texts/index.ts'

/** Whether what was thrown says that there is nothing here (any more). */
export function isMissing(error: unknown): boolean {
  return isRouteErrorResponse(error) && (error.status === 404 || error.status === 410)
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) && isMissing(error) ? error.status : 500
}

/**
 * What is shown instead of a page that is not there or could not be made, within the shop: with the
 * search, what the shop has, and for what broke another try.
 */
export function Fault() {
  const error = useRouteError()
  const isGone = isMissing(error)
  useDocumentInstead(error)
  const { faults, shell } = useTexts()
  const { categories } = useHere()
  const paths = usePaths()
  const { pathname, search } = useLocation()
  return (
    <main id="content" className="mx-auto w-full max-w-3xl flex-1 px-4 py-12 sm:py-20">
      <p className="font-display text-6xl font-black text-accent" aria-hidden="true">
        {statusOf(error)}
      </p>
      <h1 className="mt-4 text-3xl font-bold">{isGone ? faults.notFound : faults.broken}</h1>
      <p className="mt-3 max-w-prose text-muted">
        {isGone ? faults.notFoundMore : faults.brokenMore}
      </p>
      {isGone ? (
        <search className="mt-6">
          <form action={paths.search()} className="flex gap-2">
            <label className="sr-only" htmlFor="fault-q">
              {shell.search}
            </label>
            <input
              id="fault-q"
              name="q"
              type="search"
              placeholder={shell.searchHint}
              className="field min-w-0 flex-1"
            />
            <button type="submit" className="button">
              {shell.search}
            </button>
          </form>
        </search>
      ) : (
        <p className="mt-6">
          <a className="button" href={pathname.replace(/^[/\\]+/, '/') + search}>
            {faults.again}
          </a>
        </p>
      )}
      <section aria-labelledby="fault-categories" className="mt-10">
        <h2 id="fault-categories" className="mb-3 text-lg font-bold">
          {shell.categories}
        </h2>
        <ul className="flex flex-wrap gap-2">
          {categories.map(({ slug, name }) => (
            <li key={slug}>
              <Link to={paths.category(slug)} className="button-line">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <p className="mt-8">
        <Link
          to={paths.home()}
          className="inline-flex min-h-11 items-center font-semibold text-accent underline"
        >
          {faults.home}
        </Link>
      </p>
    </main>
  )
}

const RELOADED = 'torg-reloaded'
const LATELY_MS = 10_000

/**
 * Where the network is gone the worker has the page as a document, or says that it has not; asked for
 * once, so that what is broken otherwise does not go round and round.
 */
function useDocumentInstead(error: unknown): void {
  useEffect(() => {
    const isNetwork = error instanceof TypeError && /fetch|load failed|network/i.test(error.message)
    // Absent where the connection is not a safe one.
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
    if (!isNetwork || !worker?.controller) return
    if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < LATELY_MS) return
    sessionStorage.setItem(RELOADED, String(Date.now()))
    location.reload()
  }, [error])
}

/** Of a page of which not even the shop is known: there is nothing to lead to but the front page. */
export function BareFault() {
  const error = useRouteError()
  const isGone = isMissing(error)
  const { faults } = textsOf(languageIn(useLocation().pathname))
  return (
    <main
      id="content"
      className="mx-auto flex max-w-xl flex-1 flex-col items-start justify-center gap-4 px-4 py-20"
    >
      <p className="text-6xl font-black text-accent" aria-hidden="true">
        {statusOf(error)}
      </p>
      <h1 className="text-3xl font-bold">{isGone ? faults.notFound : faults.broken}</h1>
      <p className="text-muted">{isGone ? faults.notFoundMore : faults.brokenMore}</p>
      <a className="button" href="/">
        {faults.home}
      </a>
    </main>
  )
}

/** By the address alone: `/uk/…` is Ukrainian. What has no language in front is told in English. */
export function languageIn(pathname: string): string {
  return /^\/(uk|ru|en)(?=\/|$)/.exec(pathname)?.[1] ?? 'en'
}
