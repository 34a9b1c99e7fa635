import { useEffect, useRef, useState } from 'react'

import { picturePath } from '../../paths.ts'
import type { PagePicture } from './product.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'
import { useZoomTexts } from '../../lib/texts/zoom.ts'

/** Pictures as large as they are, over the page; a larger one is looked at by drag, touch or arrow keys. */
export function Zoom({
  pictures,
  first,
  onClose,
}: {
  readonly pictures: readonly PagePicture[]
  readonly first: number
  readonly onClose: () => void
}) {
  const texts = useProductPageTexts()
  const zoom = useZoomTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const [place, setPlace] = useState(Math.min(first, pictures.length - 1))
  const [isLarge, setIsLarge] = useState(false)
  useModal(dialog)

  function turn(by: number): void {
    setIsLarge(false)
    setPlace((place + by + pictures.length) % pictures.length)
  }

  function onKeyDown({ key }: React.KeyboardEvent): void {
    if (isLarge || pictures.length < 2) return
    if (key === 'ArrowLeft') turn(-1)
    if (key === 'ArrowRight') turn(1)
  }

  const { asset = '', alt = '' } = pictures[place] ?? {}
  return (
    <dialog
      ref={dialog}
      aria-label={texts.gallery}
      onClose={onClose}
      onKeyDown={onKeyDown}
      className="m-0 h-dvh max-h-none w-dvw max-w-none bg-paper text-ink open:flex open:flex-col"
    >
      <Bar
        said={texts.pictureOf(place + 1, pictures.length)}
        hint={isLarge ? zoom.panHint : undefined}
      >
        <Tool name={isLarge ? zoom.smaller : zoom.larger} onClick={() => setIsLarge(!isLarge)}>
          {isLarge ? 'M5 12h14' : 'M12 5v14M5 12h14'}
        </Tool>
        {pictures.length > 1 && (
          <>
            <Tool name={zoom.before} onClick={() => turn(-1)}>
              M15 5l-7 7 7 7
            </Tool>
            <Tool name={zoom.next} onClick={() => turn(1)}>
              M9 5l7 7-7 7
            </Tool>
          </>
        )}
        <Tool name={zoom.close} onClick={() => dialog.current?.close()}>
          M6 6l12 12M18 6L6 18
        </Tool>
      </Bar>
      {isLarge ? (
        <Pan picture={asset} alt={alt} />
      ) : (
        <Whole picture={asset} alt={alt} onClick={() => setIsLarge(true)} />
      )}
    </dialog>
  )
}

/** Opens a dialog over everything else, and gives focus back to who opened it. */
function useModal(dialog: React.RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    // React takes the dialog away before it is closed, and a browser gives focus back only on closing.
    return () => void (opener instanceof HTMLElement && opener.focus())
  }, [dialog])
}

/** As large as fits; a press makes it larger. */
function Whole({
  picture,
  alt,
  onClick,
}: {
  readonly picture: string
  readonly alt: string
  readonly onClick: () => void
}) {
  return (
    <button type="button" onClick={onClick} className="min-h-0 flex-1 cursor-zoom-in bg-white">
      <img src={picturePath(picture, 1920)} alt={alt} className="size-full object-contain" />
    </button>
  )
}

/** As large as it is; it begins in the middle. */
function Pan({ picture, alt }: { readonly picture: string; readonly alt: string }) {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    const { current } = frame
    if (current === null) return
    current.scrollTo({
      left: (current.scrollWidth - current.clientWidth) / 2,
      top: (current.scrollHeight - current.clientHeight) / 2,
    })
    current.focus()
  }, [])
  return (
    // It is scrolled: by a mouse that drags, by fingers, and by arrow keys when it has focus.
    <section
      ref={frame}
      aria-label={alt}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerMove={drag}
      className="min-h-0 flex-1 cursor-grab overflow-auto bg-white -outline-offset-2 active:cursor-grabbing"
    >
      <img
        src={picturePath(picture, 1920)}
        alt=""
        width={1920}
        height={1920}
        draggable={false}
        className="w-240 max-w-none sm:w-480"
      />
    </section>
  )
}

function Bar({
  said,
  hint,
  children,
}: {
  readonly said: string
  readonly hint: string | undefined
  readonly children: React.ReactNode
}) {
  return (
    <div className="flex items-center gap-1 border-b border-line px-3 py-2">
      <p className="mr-auto text-sm text-muted" aria-live="polite">
        {said}
        {hint !== undefined && <span className="max-sm:hidden">. {hint}</span>}
      </p>
      {children}
    </div>
  )
}

/** A mouse drags; fingers scroll by themselves. */
function drag(event: React.PointerEvent<HTMLElement>): void {
  if (event.pointerType !== 'mouse' || event.buttons !== 1) return
  event.currentTarget.scrollBy({ left: -event.movementX, top: -event.movementY })
}

function Tool({
  name,
  onClick,
  children,
}: {
  readonly name: string
  readonly onClick: () => void
  /** The path of its drawing. */
  readonly children: string
}) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      onClick={onClick}
      className="grid size-11 place-items-center rounded-full hover:text-accent"
    >
      <svg viewBox="0 0 24 24" className="size-6 fill-none stroke-current stroke-2">
        <path d={children} />
      </svg>
    </button>
  )
}
