import { boxing } from './boxing.ts'
import { camp } from './camp.ts'
import { clothing } from './clothing.ts'
import { cycling } from './cycling.ts'
import { footwear } from './footwear.ts'
import { games } from './games.ts'
import { gym } from './gym.ts'
import { outdoors } from './outdoors.ts'
import type { Sketch } from './pen.ts'
import type { Scene } from './scenes.ts'
import { small } from './small.ts'
import { water } from './water.ts'
import { winter } from './winter.ts'

const SKETCHES = {
  ...footwear,
  ...clothing,
  ...games,
  ...gym,
  ...boxing,
  ...water,
  ...cycling,
  ...winter,
  ...outdoors,
  ...camp,
  ...small,
} satisfies Record<string, Sketch>

/** What a product is to the eye: `running-shoe`. */
export type Kind = keyof typeof SKETCHES

export const KINDS: readonly Kind[] = Object.keys(SKETCHES).filter(isKind).toSorted()

export function isKind(word: string): word is Kind {
  return Object.hasOwn(SKETCHES, word)
}

export function sketchOf(kind: Kind): Sketch {
  return SKETCHES[kind]
}

const USUAL: readonly (readonly [Readonly<Record<string, unknown>>, Scene])[] = [
  [footwear, 'stadium'],
  [clothing, 'stadium'],
  [games, 'court'],
  [gym, 'gym'],
  [boxing, 'gym'],
  [water, 'pool'],
  [cycling, 'street'],
  [winter, 'snow'],
  [outdoors, 'mountains'],
  [camp, 'camp'],
  [small, 'street'],
]

const UNUSUAL: Partial<Record<Kind, Scene>> = {
  'trail-shoe': 'forest',
  'hiking-boot': 'mountains',
  'court-shoe': 'court',
  sandal: 'lake',
  skates: 'snow',
  'ski-boots': 'snow',
  gaiters: 'forest',
  jacket: 'mountains',
  fleece: 'mountains',
  'down-jacket': 'snow',
  pants: 'mountains',
  poncho: 'forest',
  beanie: 'snow',
  gloves: 'snow',
  mittens: 'snow',
  'base-layer': 'snow',
  'neck-tube': 'forest',
  windbreaker: 'street',
  'sports-bra': 'gym',
  tights: 'street',
  swimsuit: 'pool',
  jammers: 'pool',
  kimono: 'gym',
  football: 'stadium',
  goal: 'stadium',
  cones: 'stadium',
  whistle: 'stadium',
  'shin-guards': 'stadium',
  'keeper-gloves': 'stadium',
  'gym-ball': 'gym',
  'medicine-ball': 'gym',
  mat: 'room',
  block: 'room',
  'yoga-strap': 'room',
  bolster: 'room',
  'foam-roller': 'room',
  step: 'room',
  'exercise-bike': 'room',
  treadmill: 'room',
  'sup-board': 'lake',
  kayak: 'lake',
  paddle: 'lake',
  'life-vest': 'lake',
  'dry-bag': 'lake',
  'swim-buoy': 'lake',
  'snorkel-mask': 'lake',
  bottle: 'gym',
  thermos: 'mountains',
  'soft-flask': 'forest',
  reservoir: 'forest',
  'running-vest': 'forest',
  'waist-pack': 'street',
  duffel: 'gym',
  daypack: 'street',
  tent: 'mountains',
  'family-tent': 'lake',
  tarp: 'forest',
  'sleeping-bag': 'forest',
  'air-mat': 'forest',
  hammock: 'forest',
  headlamp: 'camp',
  stove: 'camp',
  pot: 'camp',
  mug: 'forest',
  cutlery: 'forest',
  lantern: 'camp',
  flashlight: 'camp',
  'camp-chair': 'lake',
  'camp-table': 'lake',
  cooler: 'lake',
  compass: 'forest',
  pegs: 'forest',
  scale: 'room',
  stopwatch: 'stadium',
  'heart-strap': 'gym',
  earbuds: 'street',
  camera: 'mountains',
  sensor: 'stadium',
  gel: 'forest',
  bar: 'forest',
  tablets: 'gym',
  pouch: 'camp',
  jar: 'gym',
  shaker: 'gym',
  insoles: 'room',
  tape: 'gym',
  wax: 'snow',
}

/** Where the kind is used. */
export function sceneOf(kind: Kind): Scene {
  const group = USUAL.find(([sketches]) => Object.hasOwn(sketches, kind))
  return UNUSUAL[kind] ?? group?.[1] ?? 'stadium'
}
