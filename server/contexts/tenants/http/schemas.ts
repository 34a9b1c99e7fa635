import { Type, type TSchema } from 'typebox'

import { ID_PATTERN } from '#platform/keyset'

const Color = Type.String({ pattern: '^#[0-9a-f]{6}$', description: '`#rrggbb`' })

const Palette = Type.Object({
  paper: Color,
  card: Color,
  ink: Color,
  muted: Color,
  line: Color,
  accent: Color,
  onAccent: Color,
  good: Color,
  bad: Color,
})

/** Neither begins nor ends with a space and has no control characters and nothing of markup. */
const ONE_LINE = '^(?!\\s)[^\\u0000-\\u001f\\u007f-\\u009f<>&]+(?<!\\s)$'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const look = {
  colors: Type.Object(
    { light: Palette, dark: Palette },
    {
      description:
        'Ink, muted, accent, good and bad are written on paper and card, and what is on the accent ' +
        'on it: each with a contrast of at least 4.5 (WCAG 2.2, 1.4.3).',
    },
  ),
  radius: Type.Number({ minimum: 0, maximum: 2, description: 'Of corners, in rem.' }),
  fonts: Type.Union(
    [Type.Literal('system'), Type.Literal('manrope'), Type.Literal('rubik-golos')],
    { description: 'Each is served from here, with Cyrillic.' },
  ),
}

const Text = Type.String({ minLength: 1, maxLength: 24, pattern: ONE_LINE })
const Line = Type.String({ minLength: 1, maxLength: 90, pattern: ONE_LINE })

export const LookBody = Type.Object({
  ...look,
  logo: Type.Object(
    { asset: orNull(Type.String({ pattern: `^${ID_PATTERN}$` })), text: orNull(Text) },
    { description: 'A picture of the shop, else a word; without both its name.' },
  ),
  tagline: Type.Record(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' }), Line, {
    maxProperties: 20,
    additionalProperties: false,
    description: 'One line about the shop, by language.',
  }),
})

export const LookView = Type.Object({
  ...look,
  logo: Type.Object({
    asset: orNull(Type.String()),
    text: orNull(Type.String()),
    url: orNull(Type.String()),
  }),
  tagline: Type.Record(Type.String(), Type.String()),
  css: Type.String({ description: 'Address of its style sheet; what is there never changes.' }),
})
