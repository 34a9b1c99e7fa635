import type { Context, Platform } from '#platform/context'

import type { AvailabilityTerm, StructuredData } from './contract.ts'
import { termsOf } from './domain/availability.ts'
import { problems } from './http/problems.ts'
import { seoRoutes } from './http/routes.ts'
import { ShopReader, type Parts } from './queries/read-shop.ts'

export function openSeo(
  platform: Pick<Platform, 'clock'>,
  parts: Parts,
): {
  context: Context
  structuredData: StructuredData
  availabilityTerm: AvailabilityTerm
} {
  const reader = new ShopReader(platform, parts)
  return {
    context: { name: 'seo', routes: seoRoutes(reader, platform), problems },
    structuredData: reader,
    availabilityTerm: (word) => termsOf(word).schema,
  }
}
