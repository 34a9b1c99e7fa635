import type { zoom as english } from '../../texts/en/zoom.ts'
import { openPart } from '../../texts/part.ts'
import { useHere } from '../shop.ts'

export const zoomTextsOf = await openPart<{ readonly zoom: typeof english }, typeof english>(
  {
    en: () => import('../../texts/en/zoom.ts'),
    uk: () => import('../../texts/uk/zoom.ts'),
    ru: () => import('../../texts/ru/zoom.ts'),
  },
  (said) => said.zoom,
)

export function useZoomTexts(): typeof english {
  return zoomTextsOf(useHere().language)
}
