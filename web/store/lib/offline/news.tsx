import { useCallback, useEffect, useState } from 'react'
import { useFetcher } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { momentText } from '../format.ts'
import { useHere, usePaths } from '../shop.ts'
import { done, untell, waiting, type Waiting } from './outbox.ts'
import { send } from './send.ts'
import { offlineTextsOf } from './texts.ts'

/** So often it is tried again, whatever the browser says of the network. */
const EVERY_MS = 5_000

interface Told {
  readonly added: readonly string[]
  readonly refused: readonly { readonly name: string; readonly why: string }[]
}

/** What there is to say. */
export interface NewsTold {
  readonly savedAt: number | null
  readonly isWaiting: boolean
  readonly onDone: () => void
}

const NOTHING: Told = { added: [], refused: [] }

/** Says that a page is a saved one, what waits for the network, and what became of it. */
export function News({ savedAt, isWaiting, onDone }: NewsTold) {
  const { language, shop } = useHere()
  const said = offlineTextsOf(language)
  return (
    <div className="border-b border-line bg-card">
      <div className="mx-auto flex max-w-7xl flex-col gap-2 px-4 py-2 text-sm">
        {savedAt === null ? null : (
          <output className="flex flex-wrap items-center gap-x-4">
            {said.saved(momentText(new Date(savedAt).toISOString(), language, shop.timeZone))}
            <button
              type="button"
              className="button-quiet font-semibold underline"
              onClick={() => location.reload()}
            >
              {said.again}
            </button>
          </output>
        )}
        {isWaiting ? <Outbox onDone={onDone} /> : null}
      </div>
    </div>
  )
}

function Outbox({ onDone }: { readonly onDone: () => void }) {
  const said = offlineTextsOf(useHere().language)
  const paths = usePaths()
  const { all, told, drop } = useOutbox()
  const close = () => {
    untell()
    onDone()
  }
  const isOver = all !== undefined && all.length === 0
  const isSilent = told.added.length === 0 && told.refused.length === 0
  useEffect(() => {
    if (isOver && isSilent) close()
  })
  return (
    <>
      <output className="flex flex-col gap-1">
        {told.added.length === 0 ? null : (
          <p className="flex flex-wrap items-center gap-x-4 text-good">
            {said.added(told.added.join(', '))}
            <Link to={paths.cart()} className="inline-flex min-h-11 items-center underline">
              {said.toCart}
            </Link>
          </p>
        )}
        {told.refused.map(({ name, why }) => (
          <p key={name} className="text-bad">
            {said.refused(name, why)}
          </p>
        ))}
        {all === undefined || all.length === 0 ? null : (
          <p>
            <strong>{said.waiting}.</strong> <span className="text-muted">{said.waitingMore}</span>
          </p>
        )}
      </output>
      {all === undefined || all.length === 0 ? null : (
        <section aria-label={said.waiting}>
          <ul>
            {all.map(({ key, name, quantity }) => (
              <li key={key} className="flex flex-wrap items-center justify-between gap-x-4">
                <span className="min-w-0 wrap-anywhere">{said.line(name, quantity)}</span>
                <button
                  type="button"
                  className="button-quiet underline"
                  aria-label={said.cancel(name)}
                  onClick={() => void drop(key)}
                >
                  {said.cancelShort}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isOver && !isSilent ? (
        <button type="button" className="button-quiet self-start underline" onClick={close}>
          {said.close}
        </button>
      ) : null}
    </>
  )
}

/** Sends what waits, one after another, until nothing does. */
function useOutbox() {
  const said = offlineTextsOf(useHere().language)
  const paths = usePaths()
  const { load } = useFetcher({ key: 'own' })
  const [all, setAll] = useState<readonly Waiting[]>()
  const [told, setTold] = useState<Told>(NOTHING)
  const later = paths.cartLater()
  const own = paths.own()
  const flush = useCallback(async () => {
    // Two tabs do not send the same at once; the key would make it one, but it would be told twice.
    await navigator.locks.request('torg-outbox', { ifAvailable: true }, async (lock) => {
      if (lock === null) return
      for (const one of await waiting()) {
        const sent = await send(later, one)
        if (sent.state === 'waits') break
        await done(one.key)
        const name = said.line(one.name, one.quantity)
        setTold(({ added, refused }) =>
          sent.state === 'added'
            ? { added: [...added, name], refused }
            : { added, refused: [...refused, { name, why: sent.why }] },
        )
        if (sent.state === 'added') await load(own)
      }
    })
    setAll(await waiting())
  }, [later, own, load, said])
  useEffect(() => {
    const again = () => void flush()
    const first = setTimeout(again)
    const timer = setInterval(again, EVERY_MS)
    addEventListener('online', again)
    addEventListener('torg-waiting', again)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      removeEventListener('online', again)
      removeEventListener('torg-waiting', again)
    }
  }, [flush])
  const drop = async (key: string) => {
    await done(key)
    setAll(await waiting())
  }
  return { all, told, drop }
}
