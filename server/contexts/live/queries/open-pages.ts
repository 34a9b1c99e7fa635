import type { LiveProducts } from '#context/catalog'
import type { Availabilities } from '#context/inventory'
import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { SocketSide } from '#platform/http/socket-side'
import { refuse, Unavailable } from '#platform/outcome'

import { Admission } from '../domain/admission.ts'
import { isOwnOrigin } from '../domain/message.ts'
import { Connection } from './connection.ts'
import { openWatching } from './watching.ts'

export interface PagesParts {
  readonly products: LiveProducts
  readonly words: Availabilities
  /** Absent in a process that follows no log; nobody is let in there. */
  readonly tail: Tail | undefined
}

const LONGEST_ORIGIN = 255

/** All open pages of this process. */
export function openPages(
  platform: Pick<Platform, 'clock' | 'waiting' | 'log' | 'config'>,
  { products, words, tail }: PagesParts,
): SocketSide {
  const { liveConnections: connections, liveConnectionsPerAddress: perAddress } = platform.config
  const admission = new Admission({ connections, perAddress })
  const watching =
    tail === undefined ? undefined : openWatching(platform, { products, words, tail })

  return {
    admit({ ip, header }) {
      if (tail === undefined) throw new Unavailable('this process follows no log')
      const origin = header('origin')
      if (!isOwnOrigin(origin, header('host'))) {
        return refuse({
          code: 'live.origin-wrong',
          origin: origin?.slice(0, LONGEST_ORIGIN),
        } as never)
      }
      return admission.mayCome(ip)
    },
    open(socket, { tenant, ip }) {
      if (tail === undefined || watching === undefined) return socket.cut()
      admission.come(ip)
      const { waiting } = platform
      const connection = new Connection({ tenant: tenant.id, socket, watching, tail, waiting })
      connection.onEnd = () => admission.go(ip)
    },
  }
}
