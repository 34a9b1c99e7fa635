import { PICTURE_WIDTHS, picturePath } from '../paths.ts'

/** A picture of the media library in the width that the place needs; square, with room kept for it. */
export function Picture({
  asset,
  sizes,
  alt = '',
  isAtOnce = false,
}: {
  readonly asset: string | null
  readonly sizes: string
  /** Nothing where the name stands beside it. */
  readonly alt?: string
  /** The first that is seen when the page opens; the others come behind what is seen without them. */
  readonly isAtOnce?: boolean
}) {
  if (asset === null) return <div className="aspect-square w-full bg-line" />
  const widths = PICTURE_WIDTHS.filter((width) => width <= 960)
  return (
    <img
      src={picturePath(asset, 640)}
      srcSet={widths.map((width) => `${picturePath(asset, width)} ${width}w`).join(', ')}
      sizes={sizes}
      alt={alt}
      width={640}
      height={640}
      loading={isAtOnce ? 'eager' : 'lazy'}
      fetchPriority={isAtOnce ? 'high' : 'auto'}
      decoding="async"
      className="aspect-square w-full bg-white object-contain"
    />
  )
}
