import { drawing, type View } from './drawing.ts'
import { type Kind, sceneOf } from './kinds.ts'
import type { Scene } from './scenes.ts'

type Language = 'uk' | 'ru' | 'en'
type Text = Readonly<Record<Language, string>>

/** What has to be known of a product to draw it. */
export interface Drawn {
  readonly slug: string
  readonly brand: string
  readonly kind: Kind
  /** A color code of `options.json`; speaks where the variants have no color of their own. */
  readonly color: string
  readonly name: Text
  readonly variants: readonly {
    readonly options: readonly {
      readonly code: string
      readonly valueCode: string
      readonly value: Text
    }[]
  }[]
}

export interface ProductPicture {
  /** Unique over a shop: `vitrohin-skif-running-shoes/blue`. */
  readonly name: string
  readonly svg: string
  readonly alt: Text
  /** The color that variants in this picture have; null when it shows the product at large. */
  readonly color: string | null
}

/** Brands are told apart by the color of soles, straps and prints. */
const ACCENTS: Readonly<Record<string, string>> = {
  avizele: '#8a5a3b',
  bystrynka: '#ff8a5c',
  kolobih: '#e8b931',
  kopavind: '#1d6f8a',
  krutohir: '#e5622e',
  kurinets: '#d99a2b',
  lanok: '#2f9a5b',
  mirnyk: '#23b5d3',
  opuka: '#2f6fd0',
  pavza: '#7a58c4',
  prudkan: '#ff5d73',
  pusynas: '#4f8f6b',
  rasotas: '#27a59a',
  rukhna: '#d1497f',
  sermuk: '#c8402f',
  skelnyk: '#12a38b',
  speigas: '#5a8fd6',
  strunka: '#f08327',
  stusan: '#c9a227',
  svitanko: '#ff7a3d',
  tovkach: '#d93a3a',
  tyshara: '#6fae8d',
  vitrohin: '#13a7b8',
  zaviya: '#3b82e0',
  zernyna: '#b5892e',
  zibinte: '#f3c62f',
  zidinys: '#b4532a',
  zirgelis: '#3aa6a0',
}

const MOST_COLORS = 4

const CLOSE: Text = { uk: 'зблизька', ru: 'вблизи', en: 'close up' }

const PLACES: Readonly<Record<Scene, Text>> = {
  stadium: { uk: 'на стадіоні', ru: 'на стадионе', en: 'at a stadium' },
  forest: { uk: 'у лісі', ru: 'в лесу', en: 'in the woods' },
  mountains: { uk: 'у горах', ru: 'в горах', en: 'in the mountains' },
  gym: { uk: 'у спортзалі', ru: 'в спортзале', en: 'in a gym' },
  court: { uk: 'на майданчику', ru: 'на площадке', en: 'on a court' },
  pool: { uk: 'біля басейну', ru: 'у бассейна', en: 'by a pool' },
  lake: { uk: 'біля озера', ru: 'у озера', en: 'by a lake' },
  street: { uk: 'на вулиці', ru: 'на улице', en: 'on a street' },
  snow: { uk: 'на снігу', ru: 'на снегу', en: 'on snow' },
  camp: { uk: 'у нічному таборі', ru: 'в ночном лагере', en: 'in a camp at night' },
  room: { uk: 'удома', ru: 'дома', en: 'at home' },
}

/**
 * The pictures of a product, the one that speaks for it first: the whole product in each of its
 * colors, four at most, then a part of it from near, then the product where it is used.
 */
export function picturesOf(product: Drawn): ProductPicture[] {
  const { slug, brand, kind, name } = product
  const accent = ACCENTS[brand] ?? '#2f6fd0'
  const seed = hash(slug)
  const colors = colorsOf(product)
  const draw = (color: string, view: View): string => drawing(kind, { color, accent, seed, view })
  const words = (join: string, added: Text): Text => ({
    uk: `${name.uk}${join}${added.uk}`,
    ru: `${name.ru}${join}${added.ru}`,
    en: `${name.en}${join}${added.en}`,
  })
  const [first] = colors.keys()
  const main = first ?? product.color
  const wholes =
    colors.size === 0
      ? [{ name: `${slug}/whole`, svg: draw(main, 'whole'), alt: name, color: null }]
      : [...colors].map(([color, text]) => ({
          name: `${slug}/${color}`,
          svg: draw(color, 'whole'),
          alt: words(', ', text),
          color,
        }))
  return [
    ...wholes,
    { name: `${slug}/close`, svg: draw(main, 'detail'), alt: words(', ', CLOSE), color: null },
    {
      name: `${slug}/place`,
      svg: draw(main, 'scene'),
      alt: words(' ', PLACES[sceneOf(kind)]),
      color: null,
    },
  ]
}

/** The colors one can choose, in the order of the variants, with their words. */
function colorsOf({ variants }: Drawn): ReadonlyMap<string, Text> {
  const colors = new Map<string, Text>()
  for (const { code, valueCode, value } of variants.flatMap(({ options }) => options)) {
    if (code === 'color' && colors.size < MOST_COLORS) colors.set(valueCode, value)
  }
  return colors
}

/** FNV-1a, 32 bits, over UTF-16 units; slugs are ASCII. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  return value >>> 0
}
