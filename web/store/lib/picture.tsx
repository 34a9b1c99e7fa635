import { picturePath, type PictureWidth } from '../paths.ts'

const WIDTHS = [160, 320, 640, 960] as const
/** A card takes half a phone, or 300 px. */
const CARD_WIDTHS = [320, 640] as const
const CARD_SIZES = '(min-width: 1024px) 300px, (min-width: 640px) 33vw, 50vw'

interface PictureProps {
  readonly asset: string | null
  /** Nothing where the name stands beside it. */
  readonly alt?: string
  /** The first that is seen when the page opens; the others come behind what is seen without them. */
  readonly isAtOnce?: boolean
}

/** Of a product, in a grid of products. */
export function CardPicture(props: PictureProps) {
  return <Picture {...props} sizes={CARD_SIZES} widths={CARD_WIDTHS} />
}

/** A picture of the media library in the width that the place needs; square, with room kept for it. */
export function Picture({
  asset,
  sizes,
  alt = '',
  isAtOnce = false,
  widths = WIDTHS,
}: PictureProps & { readonly sizes: string; readonly widths?: readonly PictureWidth[] }) {
  if (asset === null) return <div className="aspect-square w-full bg-line" />
  return (
    <img
      src={picturePath(asset, 640)}
      srcSet={widths.map((width) => `${picturePath(asset, width)} ${width}w`).join(', ')}
      sizes={sizes}
      alt={alt}
      width={640}
      height={640}
      loading={isAtOnce ? undefined : 'lazy'}
      fetchPriority={isAtOnce ? 'high' : undefined}
      decoding="async"
      className="picture"
    />
  )
}
