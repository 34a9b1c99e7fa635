import type { Offers } from '#context/catalog'
import type { Tail } from '#platform/cache/tail'
import type { Context, Platform } from '#platform/context'

import { changeWords, contribute } from './commands/contribute.ts'
import { changeSettings, moderate, remove, report, vote } from './commands/moderate.ts'
import type { Ratings, ReviewCommands, ReviewQueries } from './contract.ts'
import { problems } from './http/problems.ts'
import { contributionRoutes } from './http/routes.ts'
import { staffRoutes } from './http/staff-routes.ts'
import { noteBought } from './projections/bought.ts'
import { contributionLists } from './queries/contributions.ts'
import { ratingOf, ratingsIn } from './queries/ratings.ts'
import { openSettings } from './store/settings.ts'

/** Opened before the catalog, which tells in lists how products are rated. */
export function openRatings(
  platform: Pick<Platform, 'reads' | 'clock'>,
  tail: Tail | undefined,
): Ratings {
  return ratingsIn(platform, tail)
}

export function openReviews(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  { offers, ratings }: { readonly offers: Pick<Offers, 'skusOf'>; readonly ratings: Ratings },
): { context: Context; commands: ReviewCommands } {
  const settings = openSettings(platform)
  const parts = { platform, offers, settings }
  const commands: ReviewCommands = {
    ...contribute(parts),
    change: changeWords(parts),
    remove: remove(platform),
    moderate: moderate(platform),
    vote: vote(platform),
    report: report(platform),
    set: changeSettings(platform, settings),
  }
  const queries: ReviewQueries = {
    ...contributionLists(platform),
    rating: ratingOf(ratings),
    settings: (tenant) => settings.of(tenant),
  }
  return {
    context: {
      name: 'reviews',
      routes: [...staffRoutes(commands, queries), ...contributionRoutes(commands, queries)],
      problems,
      subscriptions: [noteBought],
    },
    commands,
  }
}
