const HERE = 'http://here.invalid'

/**
 * A path of this very shop, whatever a link said: nobody is sent elsewhere from here. It is read as a
 * browser reads it, which drops tabs, takes `\` for `/` and resolves dots.
 */
export function safePath(wanted: string | null | undefined, otherwise: string): string {
  if (wanted === null || wanted === undefined || !/^\/[^\\\s\p{Cc}]*$/u.test(wanted)) {
    return otherwise
  }
  if (!URL.canParse(wanted, HERE)) return otherwise
  const { origin, pathname, search, hash } = new URL(wanted, HERE)
  // Two slashes in front would be a host to whoever reads the path alone.
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : otherwise
}

/** The address of a page as people have it: the router asks for the data of some routes by `_routes`. */
export function pathOfPage(url: URL): string {
  const page = new URL(url)
  page.searchParams.delete('_routes')
  return page.pathname + page.search
}
