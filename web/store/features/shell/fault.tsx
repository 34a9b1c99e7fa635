import { isRouteErrorResponse, useRouteError } from 'react-router'

import { textsOf } from '../../texts/index.ts'

/** What is shown instead of a page that is not there or could not be made. */
export function ErrorBoundary() {
  const error = useRouteError()
  const isMissing = isRouteErrorResponse(error) && error.status === 404
  const { faults } = textsOf(typeof document === 'undefined' ? 'uk' : document.documentElement.lang)
  return (
    <main
      id="content"
      className="mx-auto flex max-w-xl flex-1 flex-col justify-center gap-4 px-4 py-20"
    >
      <p className="text-6xl font-black text-accent">{isMissing ? 404 : 500}</p>
      <h1 className="text-3xl font-bold">{isMissing ? faults.notFound : faults.broken}</h1>
      <p className="text-muted">{isMissing ? faults.notFoundMore : faults.brokenMore}</p>
      <p>
        <a className="button" href="/">
          {faults.home}
        </a>
      </p>
    </main>
  )
}
