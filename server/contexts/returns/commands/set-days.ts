import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { ReturnCommands, ReturnDaysSet } from '../contract.ts'
import { returnDays } from '../domain/requests.ts'

/** From now on, for orders that were placed before as well. */
export function setReturnDays({ write }: Pick<Platform, 'write'>): ReturnCommands['setDays'] {
  return async (tenant, days, cause) => {
    const written = await write({
      tenant,
      ...cause,
      streams: { rule: stream(returnDays, 'shop') },
      decide({ rule }) {
        const set: ReturnDaysSet = { type: 'returns.days-set', days }
        return accept({ append: { rule: rule.days === days ? [] : [set] }, answer: { days } })
      },
    })
    return written.ok ? accept(written.value.answer) : written
  }
}
