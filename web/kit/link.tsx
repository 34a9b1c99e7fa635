import { createContext, useContext, type ComponentProps, type MouseEvent } from 'react'
import type { NavigateFunction } from 'react-router'

/** How links are followed: set once around all of them, where the router is asked. */
export const FollowContext = createContext<NavigateFunction>(() => {})

type LinkProps = Omit<ComponentProps<'a'>, 'href' | 'target' | 'download'> & {
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
 * resolve: a link asks the router when it is clicked, and where there is nobody to click it is what it says.
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

function Live({ to, replace, preventScrollReset, onClick, children, ...rest }: LinkProps) {
  const follow = useContext(FollowContext)
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || !isFollowed(event)) return
        event.preventDefault()
        const isHere = event.currentTarget.href === location.href
        const options = {
          replace: replace ?? isHere,
          preventScrollReset: preventScrollReset === true,
        }
        void follow(to, options)
      }}
    >
      {children}
    </a>
  )
}

/** Not one that opens a tab or saves what it leads to. */
function isFollowed({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !altKey && !ctrlKey && !shiftKey
}
