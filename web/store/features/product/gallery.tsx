import { lazy, Suspense, useEffect, useRef, useState } from 'react'

import { Picture } from '../../lib/picture.tsx'
import { picturePath } from '../../paths.ts'
import type { PagePicture } from './product.ts'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'

const Zoom = lazy(async () => ({ default: (await import('./zoom.tsx')).Zoom }))

/** Pictures in a row that is swiped, scrolled by arrow keys, or gone through by its thumbnails. */
export function Gallery({ pictures }: { readonly pictures: readonly PagePicture[] }) {
  const texts = useProductPageTexts()
  const row = useRef<HTMLUListElement>(null)
  const [place, setPlace] = useState(0)
  const [isZoomed, setIsZoomed] = useState(false)
  const first = pictures[0]?.asset
  // A variant that was chosen brings its own picture to the front.
  useEffect(() => row.current?.scrollTo({ left: 0 }), [first])

  function onScroll({ currentTarget }: React.UIEvent): void {
    setPlace(Math.round(currentTarget.scrollLeft / currentTarget.clientWidth))
  }

  function go(event: React.MouseEvent, to: number): void {
    event.preventDefault()
    row.current?.scrollTo({ left: to * row.current.clientWidth, behavior: 'smooth' })
  }

  if (pictures.length === 0) return <Picture asset={null} sizes="" />
  return (
    <section aria-label={texts.gallery} className="min-w-0">
      <div className="relative overflow-hidden border-line max-sm:border-y sm:rounded-card sm:border">
        <ul
          ref={row}
          // Arrow keys scroll what has focus.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label={texts.gallery}
          onScroll={onScroll}
          className="flex snap-x snap-mandatory overflow-x-auto [scrollbar-width:none]"
        >
          {pictures.map(({ asset, alt }, n) => (
            <li key={asset} id={`picture-${n + 1}`} className="w-full shrink-0 snap-start">
              <Picture
                asset={asset}
                alt={alt}
                sizes="(min-width: 1280px) 700px, (min-width: 1024px) 55vw, (min-width: 768px) 48vw, 100vw"
                isAtOnce={n === 0}
              />
            </li>
          ))}
        </ul>
        <button
          type="button"
          aria-label={texts.zoom}
          title={texts.zoom}
          onClick={() => setIsZoomed(true)}
          className="absolute right-3 bottom-3 grid size-11 place-items-center rounded-full border border-line bg-card hover:text-accent"
        >
          <svg viewBox="0 0 24 24" className="size-5 fill-none stroke-current stroke-2">
            <path d="M15 15l6 6M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM10 7v6M7 10h6" />
          </svg>
        </button>
      </div>
      {pictures.length > 1 && <Thumbnails pictures={pictures} place={place} onGo={go} />}
      {isZoomed && (
        <Suspense>
          <Zoom pictures={pictures} first={place} onClose={() => setIsZoomed(false)} />
        </Suspense>
      )}
    </section>
  )
}

function Thumbnails({
  pictures,
  place,
  onGo,
}: {
  readonly pictures: readonly PagePicture[]
  readonly place: number
  readonly onGo: (event: React.MouseEvent, to: number) => void
}) {
  const texts = useProductPageTexts()
  return (
    <ul className="mt-3 flex gap-3 overflow-x-auto p-1 max-sm:px-4">
      {pictures.map(({ asset }, n) => (
        <li key={asset} className="shrink-0">
          <a
            href={`#picture-${n + 1}`}
            aria-label={texts.pictureOf(n + 1, pictures.length)}
            aria-current={n === place ? 'true' : undefined}
            onClick={(event) => onGo(event, n)}
            className="block overflow-hidden rounded-card border-2 border-line aria-[current]:border-accent"
          >
            <img
              src={picturePath(asset, 160)}
              alt=""
              width={72}
              height={72}
              loading="lazy"
              className="size-16 bg-white object-contain sm:size-18"
            />
          </a>
        </li>
      ))}
    </ul>
  )
}
