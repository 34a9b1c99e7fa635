import type { Aggregate } from '#platform/write/commit'

import type { AltTexts, MediaEvent } from '../contract.ts'

/** What a shop knows of one file, by what is in it. */
export interface AssetState {
  /** Null before it was added and after it was removed. */
  readonly assetId: string | null
  readonly alt: AltTexts
}

/** The stream of a file: `media-file/<sha-256>`, so that no shop has one twice (MEDIA-3). */
export const assets: Aggregate<AssetState, MediaEvent> = {
  kind: 'media-file',
  initial: { assetId: null, alt: {} },
  apply(state, event) {
    switch (event.type) {
      case 'media.asset-added':
        return { assetId: event.assetId, alt: {} }
      case 'media.asset-described':
        return { ...state, alt: event.alt }
      case 'media.asset-removed':
        return { assetId: null, alt: {} }
    }
  },
}
