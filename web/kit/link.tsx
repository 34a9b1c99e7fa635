import type { ComponentProps } from 'react'
import { useLinkClickHandler } from 'react-router'

type LinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  /** A whole address of this site, or what follows its path (`?reviews=newest`). */
  readonly to: string
  /** Back does not lead to the page that is left. */
  readonly replace?: boolean
  /** The page stays where it was scrolled to. */
  readonly preventScrollReset?: boolean
}

/**
 * A way to another page of this site. The router has a `Link` of its own, which resolves relative
 * addresses, asks for pages early and knows other hosts: pages have up to ninety links, and where they are
 * rendered it took a tenth of the time. Addresses here are whole (`paths.ts`), so nothing is left to
 * resolve; where there is nobody to click, a link is what it says.
 */
export const Link = import.meta.env.SSR ? Written : Live

function Written({
  to,
  replace: _replace,
  preventScrollReset: _reset,
  children,
  ...rest
}: LinkProps) {
  return (
    <a {...rest} href={to}>
      {children}
    </a>
  )
}

function Live({ to, replace, preventScrollReset, onClick, target, children, ...rest }: LinkProps) {
  const follow = useLinkClickHandler<HTMLAnchorElement>(to, {
    ...(target === undefined ? {} : { target }),
    ...(replace === undefined ? {} : { replace }),
    ...(preventScrollReset === undefined ? {} : { preventScrollReset }),
  })
  return (
    <a
      {...rest}
      href={to}
      target={target}
      onClick={(event) => {
        onClick?.(event)
        if (!event.defaultPrevented) follow(event)
      }}
    >
      {children}
    </a>
  )
}
