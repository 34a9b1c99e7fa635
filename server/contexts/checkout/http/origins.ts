import { isIP } from 'node:net'

/** What of the deployment tells under which addresses its shops are reached from outside. */
export interface Reached {
  readonly publicUrl: string | undefined
  readonly production: boolean
}

export interface Origins {
  /** Where the buyer's own browser has reached the shop. */
  readonly buyers: string
  /** Where the provider reaches the shop; nothing when that would be an address of the caller's choice. */
  readonly providers: string | undefined
}

/**
 * The whole addresses of a shop, from the `Host` that led to it. A name has led there because it is
 * the shop's own; a bare address leads to the first shop whatever it is, so in production no provider
 * is sent there: who calls could choose it.
 */
export function originsOf(host: string | undefined, { publicUrl, production }: Reached): Origins {
  const protocol = publicUrl?.startsWith('https:') === true ? 'https' : 'http'
  const buyers = `${protocol}://${host ?? 'localhost'}`
  const name = /^\[?([^\]]*?)\]?(?::\d+)?$/.exec(host ?? '')?.[1] ?? ''
  const isAnyones = name === '' || isIP(name) !== 0
  return { buyers, providers: production && isAnyones ? undefined : buyers }
}
