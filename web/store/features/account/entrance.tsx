import type { ReactNode } from 'react'

/** The frame of the pages before one is signed in: one narrow card with one thing to do. */
export function Entrance({
  title,
  lead,
  children,
  below,
}: {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
  readonly below?: ReactNode
}) {
  return (
    <main
      id="content"
      className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 py-10"
    >
      <div className="rounded-card border border-line bg-card p-6 sm:p-8">
        <h1 className="text-2xl font-bold">{title}</h1>
        {lead === undefined ? null : <p className="mt-2 text-muted">{lead}</p>}
        <div className="mt-6 flex flex-col gap-5">{children}</div>
      </div>
      {below === undefined ? null : <div className="mt-5 text-center text-sm">{below}</div>}
    </main>
  )
}
