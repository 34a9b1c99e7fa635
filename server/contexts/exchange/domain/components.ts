import type { Component } from '#context/catalog'

/**
 * What a bundle is put together from, as a cell says it: `BALL-5*2;PUMP`, two of one and one of another.
 * Undefined for what says no such thing.
 */
export function componentsIn(text: string): readonly Component[] | undefined {
  const found = text.split(';').map((part) => /^([^*\s]+)(?:\s*\*\s*(\d{1,6}))?$/.exec(part.trim()))
  const components = found.flatMap((match) =>
    match?.[1] === undefined ? [] : { sku: match[1], quantity: Number(match[2] ?? 1) },
  )
  return components.length === found.length ? components : undefined
}

/** The same the other way round. */
export function componentsText(components: readonly Component[]): string {
  return components
    .map(({ sku, quantity }) => (quantity === 1 ? sku : `${sku}*${quantity}`))
    .join(';')
}
