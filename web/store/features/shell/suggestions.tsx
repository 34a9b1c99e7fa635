// oxlint-disable jsx-a11y/prefer-tag-over-role -- no element is a listbox below a field one types in
import { useEffect, useState, type RefObject } from 'react'
import { useNavigate } from 'react-router'

import { useHere, usePaths } from '../../lib/shop.ts'
import { useSearchTexts } from '../../lib/texts/search.ts'
import { picturePath } from '../../paths.ts'
import { useSuggested, type Suggestion } from './suggested.ts'

const LIST = 'suggestions'
const idOf = (place: number) => `suggestion-${place}`

interface Box {
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/** What may be meant, below the field (ARIA 1.2 combobox with a listbox in groups). */
export function Suggestions({ inputRef }: Box) {
  const { language } = useHere()
  const paths = usePaths()
  const search = useSearchTexts()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [isWanted, setWanted] = useState(true)
  const [active, setActive] = useState(-1)
  const items = useSuggested(text, language)
  useEffect(() => {
    // What was typed while this was loading; what has been sought already needs no words.
    const field = inputRef.current
    if (field !== null && field.value !== field.defaultValue) setText(field.value)
  }, [inputRef])
  const isOpen = isWanted && items.length > 0
  const choose = (item: Suggestion) => {
    setWanted(false)
    setActive(-1)
    if (inputRef.current !== null && item.kind === 'word') inputRef.current.value = item.text
    void navigate(addressOf(item, paths))
  }
  useListening(inputRef, {
    typed(value) {
      setText(value)
      setActive(-1)
      setWanted(true)
    },
    left: () => setWanted(false),
    pressed(event) {
      if (event.isComposing) return
      if (event.key === 'Escape' && isOpen) {
        // The first Escape closes, the second is the browser's own: it empties the field.
        event.preventDefault()
        setWanted(false)
        setActive(-1)
      } else if (event.key === 'Enter') {
        const item = isOpen ? items[active] : undefined
        setWanted(false)
        if (item === undefined) return
        event.preventDefault()
        choose(item)
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        setText(inputRef.current?.value ?? '')
        setWanted(true)
        setActive(isOpen ? moved(active, event.key === 'ArrowDown' ? 1 : -1, items.length) : -1)
      }
    },
  })
  useTelling(inputRef, { isOpen, active })
  const said =
    items.length === 0 ? search.countNone : `${search.count(items.length)}. ${search.keys}`
  return (
    <>
      <output className="sr-only">{isWanted && text.trim() !== '' ? said : ''}</output>
      {isOpen ? <Listbox items={items} active={active} onChoose={choose} /> : null}
    </>
  )
}

function Listbox({
  items,
  active,
  onChoose,
}: {
  readonly items: readonly Suggestion[]
  readonly active: number
  readonly onChoose: (item: Suggestion) => void
}) {
  const search = useSearchTexts()
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  return (
    <div
      id={LIST}
      role="listbox"
      aria-label={search.suggestions}
      tabIndex={-1}
      // A press must not take the focus from the field.
      onMouseDown={(event) => event.preventDefault()}
      className="absolute inset-x-2 top-full z-50 mt-1 max-h-[70dvh] overflow-y-auto rounded-card border border-line bg-card py-2 shadow-xl sm:inset-x-0"
    >
      {kinds.map((kind) => (
        <div key={kind} role="group" aria-labelledby={`suggestions-${kind}`}>
          <div
            id={`suggestions-${kind}`}
            role="presentation"
            className="px-4 pt-2 pb-1 text-xs font-semibold text-muted"
          >
            {search.kinds[kind]}
          </div>
          {items.map((item, place) =>
            item.kind === kind ? (
              <Option
                key={`${kind} ${item.slug ?? item.text}`}
                item={item}
                place={place}
                isActive={place === active}
                onChoose={onChoose}
              />
            ) : null,
          )}
        </div>
      ))}
    </div>
  )
}

function Option({
  item,
  place,
  isActive,
  onChoose,
}: {
  readonly item: Suggestion
  readonly place: number
  readonly isActive: boolean
  readonly onChoose: (item: Suggestion) => void
}) {
  return (
    <div
      id={idOf(place)}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onClick={() => onChoose(item)}
      onKeyDown={({ key }) => key === 'Enter' && onChoose(item)}
      className="flex min-h-11 cursor-pointer items-center gap-3 px-4 py-1 hover:bg-paper aria-selected:bg-paper aria-selected:font-semibold aria-selected:text-accent"
    >
      {item.picture === null ? null : (
        <img
          src={picturePath(item.picture, 160)}
          alt=""
          width={40}
          height={40}
          className="size-10 shrink-0 rounded bg-white object-contain"
        />
      )}
      <span className="min-w-0 truncate">{item.text}</span>
    </div>
  )
}

function addressOf({ kind, slug, text }: Suggestion, paths: ReturnType<typeof usePaths>): string {
  if (slug === null || kind === 'word') return paths.search(text)
  return paths[kind](slug)
}

/** One on or back; before the first and after the last is the field itself. */
function moved(active: number, by: number, count: number): number {
  const next = active + by
  if (next >= count) return -1
  return next < -1 ? count - 1 : next
}

/** The field is not ours: it was there, and was typed into, before these lines were loaded. */
function useListening(
  { current }: Box['inputRef'],
  on: {
    readonly typed: (text: string) => void
    readonly left: () => void
    readonly pressed: (event: KeyboardEvent) => void
  },
): void {
  useEffect(() => {
    if (current === null) return undefined
    const ending = new AbortController()
    const { signal } = ending
    current.addEventListener('input', () => on.typed(current.value), { signal })
    current.addEventListener('blur', on.left, { signal })
    current.addEventListener('keydown', on.pressed, { signal })
    return () => ending.abort()
  })
}

/** What a screen reader is told of the field. */
function useTelling(
  { current }: Box['inputRef'],
  { isOpen, active }: { readonly isOpen: boolean; readonly active: number },
): void {
  useEffect(() => {
    if (current === null) return
    current.setAttribute('role', 'combobox')
    current.setAttribute('aria-autocomplete', 'list')
    current.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) current.setAttribute('aria-controls', LIST)
    else current.removeAttribute('aria-controls')
    if (isOpen && active >= 0) {
      current.setAttribute('aria-activedescendant', idOf(active))
      document.getElementById(idOf(active))?.scrollIntoView({ block: 'nearest' })
    } else current.removeAttribute('aria-activedescendant')
  }, [current, isOpen, active])
}
