import Type from 'typebox'

import { nullableText } from '#platform/http/schemas'
import { ID_PATTERN, PLACE_PATTERN } from '#platform/keyset'

export const id = Type.String({ pattern: `^${ID_PATTERN}$` })

const name = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '\\S',
  description: 'How others are shown the author.',
})
const title = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const text = Type.String({
  minLength: 1,
  maxLength: 5_000,
  pattern: '\\S',
  description: 'Plain text. It is never taken for HTML or Markdown.',
})
const language = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$',
  description: 'BCP 47; the first language of the shop when absent.',
})
export const rating = Type.Integer({ minimum: 1, maximum: 5 })
export const words = { name, text, language: Type.Optional(language) }
export const titled = { ...words, title: Type.Optional(title) }

export const because = Type.Union([
  Type.Literal('abusive'),
  Type.Literal('advertising'),
  Type.Literal('copied'),
  Type.Literal('off-topic'),
  Type.Literal('other'),
  Type.Literal('personal-data'),
])
const status = Type.Union([Type.Literal('waiting'), Type.Literal('shown'), Type.Literal('refused')])
const kind = Type.Union([Type.Literal('review'), Type.Literal('question'), Type.Literal('answer')])
const standing = Type.Union(
  [Type.Literal('anyone'), Type.Literal('buyer'), Type.Literal('staff')],
  { description: '`buyer`: a paid order of the author had the product when this was written.' },
)

export const contribution = Type.Object({ id, status, version: Type.Integer() })

const view = {
  id,
  kind,
  productId: id,
  name: Type.String(),
  standing,
  rating: Type.Union([Type.Integer(), Type.Null()]),
  title: nullableText,
  text: Type.String(),
  language: Type.String(),
  helpful: Type.Integer({ description: 'How many found it helpful.' }),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
}

export const withAnswers = Type.Object({
  ...view,
  answers: Type.Array(Type.Object(view), { description: 'The newest ten, the oldest first.' }),
})

export const own = Type.Object({
  ...view,
  parentId: Type.Union([id, Type.Null()]),
  status,
  because: Type.Union([because, Type.Null()]),
  flags: Type.Array(
    Type.Union([
      Type.Literal('coarse'),
      Type.Literal('links'),
      Type.Literal('repeated'),
      Type.Literal('shouted'),
    ]),
    { description: 'Why nobody but its author sees it before staff have looked.' },
  ),
  reports: Type.Integer(),
  version: Type.Integer(),
})

export const ratingView = Type.Object({
  count: Type.Integer(),
  average: Type.Union([Type.Number(), Type.Null()]),
  counts: Type.Array(Type.Integer(), { description: 'Of 1, 2, 3, 4 and 5 stars.' }),
})

const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 }))
export const scoredPages = {
  limit,
  after: Type.Optional(
    Type.String({
      pattern: `^\\d{1,10}\\.${PLACE_PATTERN.slice(1)}`,
      description: '`next` of the page before.',
    }),
  ),
}
export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  ({ items: Type.Array(item), next: nullableText }) as const
