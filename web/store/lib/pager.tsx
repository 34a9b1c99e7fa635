import { Link } from '../../kit/link.tsx'

/** The ways through a list of one's own: to its next page, and from any of them to the first. */
export function Pager({
  path,
  isFirst,
  next,
  texts: { newest, older },
}: {
  readonly path: string
  readonly isFirst: boolean
  /** The place behind this page; null on the last one. */
  readonly next: string | null
  readonly texts: { readonly newest: string; readonly older: string }
}) {
  if (isFirst && next === null) return null
  return (
    <nav className="flex flex-wrap gap-3">
      {isFirst ? null : (
        <Link to={path} className="button-line">
          {newest}
        </Link>
      )}
      {next === null ? null : (
        <Link to={`${path}?after=${encodeURIComponent(next)}`} className="button-line">
          {older}
        </Link>
      )}
    </nav>
  )
}
