import { useEffect, useRef, type RefObject } from 'react'

/**
 * Takes the focus when what had it is gone, such as the button of a thing that was removed; `about` is
 * what came of it, and undefined as long as nothing did. The element needs `tabIndex={-1}`.
 */
export function useFocus<T extends HTMLElement>(about: unknown): RefObject<T | null> {
  const box = useRef<T>(null)
  useEffect(() => {
    if (about !== undefined) box.current?.focus()
  }, [about])
  return box
}
