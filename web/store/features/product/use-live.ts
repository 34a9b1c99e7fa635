import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'

import { follow, type Heard } from './live.ts'
import type { PageProduct, PageVariant } from './product.ts'

/** Long enough that pages do not all ask at once, short enough for a second in all. */
const ASK_MS = 150

/** What is heard of products since the page was made, by their ids; it begins when the page has rest. */
export function useHeard(ids: readonly string[]): ReadonlyMap<string, Heard> {
  const [heard, setHeard] = useState<ReadonlyMap<string, Heard>>(new Map())
  const asked = ids.join(',')
  useEffect(() => {
    let isOver = false
    let callOff = (): void => undefined
    const rest = window.requestIdleCallback ?? ((begin: () => void) => setTimeout(begin, 200))
    rest(() => {
      if (isOver) return
      callOff = follow(asked.split(','), (each) =>
        setHeard((before) => new Map(before).set(each.productId, each)),
      )
    })
    return () => {
      isOver = true
      callOff()
    }
  }, [asked])
  return heard
}

/** A page that is older than what was heard asks for a newer one. */
export function useNewest({ version }: PageProduct, heard: Heard | undefined): void {
  const { state, revalidate } = useRevalidator()
  const isBehind = heard !== undefined && heard.version > version && state === 'idle'
  useEffect(() => {
    if (!isBehind) return
    const timer = setTimeout(() => void revalidate(), ASK_MS * Math.random())
    return () => clearTimeout(timer)
  }, [isBehind, revalidate])
}

/** The product with what was heard of its variants. */
export function withHeard(product: PageProduct, heard: Heard | undefined): PageProduct {
  if (heard === undefined || heard.gone === true) return product
  const { variants, availability } = heard
  const variantNow = (each: PageVariant): PageVariant => {
    const word = variants?.find(({ sku }) => sku === each.sku)?.availability
    const isOnly = product.variants.length === 1
    return { ...each, availability: word ?? (isOnly ? availability : each.availability) }
  }
  return { ...product, variants: product.variants.map(variantNow) }
}
