import type { Origin } from '../contract.ts'

/**
 * Where a request came to. Whoever is not on this machine is meant to come by HTTPS, whatever stands
 * in front of us and however it speaks to us.
 */
export function originOf(host: string | undefined): Origin {
  const name = host ?? 'localhost'
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|[^:]*\.localhost)(?::\d+)?$/.test(name)
  return `${isHere ? 'http' : 'https'}://${name}`
}
