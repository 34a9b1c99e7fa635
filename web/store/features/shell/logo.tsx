import { useHere } from '../../lib/shop.ts'

/** The shop's picture, else its word, else its name. */
export function Logo() {
  const { shop } = useHere()
  const { url, text } = shop.look.logo
  if (url !== null) {
    return (
      <img
        src={url.replace('{width}.{format}', '320.webp')}
        alt={shop.name}
        className="h-9 w-auto max-w-40 object-contain"
      />
    )
  }
  return (
    <span className="font-display text-xl font-extrabold tracking-tight whitespace-nowrap">
      {text ?? shop.name}
    </span>
  )
}
