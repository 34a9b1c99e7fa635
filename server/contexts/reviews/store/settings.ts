import type { Platform } from '#platform/context'
import { known, type Known } from '#platform/known'

import type { ReviewSettings } from '../contract.ts'
import { settingsOf } from './contributions.ts'

/** A change by another process is used at most so late. */
const FRESH_MS = 2000

/** Until a shop says otherwise, somebody reads everything first. */
const CAREFUL: ReviewSettings = { showsAtOnce: false }

export type KnownSettings = Known<ReviewSettings>

export function openSettings({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownSettings {
  return known(clock, FRESH_MS, async (tenant) => {
    const [row] = await reads.read(tenant, settingsOf, [tenant])
    return row === undefined ? CAREFUL : { showsAtOnce: row.shows_at_once }
  })
}
