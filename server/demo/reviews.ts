/** What is said of the first shop's products: reviews, questions, and what the shop answers. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

import type { Contribution, Done, ReviewCommands } from '#context/reviews'
import type { Cause } from '#platform/http/route'
import type { Id } from '#platform/ids'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

const closed = { additionalProperties: false }
const text = Type.String({ minLength: 10, maxLength: 1_000 })
const said = {
  language: Type.Enum(['uk', 'ru', 'en']),
  /** The author's. */
  name: Type.String({ minLength: 2, maxLength: 60 }),
  text,
}

const DemoContributions = Type.Array(
  Type.Object(
    {
      /** The slug of a product. */
      product: Type.String({ minLength: 1 }),
      reviews: Type.Array(
        Type.Object(
          {
            rating: Type.Integer({ minimum: 1, maximum: 5 }),
            ...said,
            title: Type.Optional(Type.String({ minLength: 3, maxLength: 120 })),
          },
          closed,
        ),
      ),
      questions: Type.Array(Type.Object({ ...said, answer: Type.Optional(text) }, closed)),
    },
    closed,
  ),
)
export type DemoContributions = Static<typeof DemoContributions>

/** As they are written; throws where a file is malformed. */
export function loadReviews(shop: string): DemoContributions {
  // Nothing is said yet in the second shop.
  if (shop !== 'demo') return []
  const path = join(import.meta.dirname, shop, 'reviews.json')
  const written: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (Value.Check(DemoContributions, written)) return written
  const [first] = Value.Errors(DemoContributions, written)
  throw new Error(`${path}${first?.instancePath ?? ''} ${first?.message ?? 'is malformed'}.`)
}

/**
 * Whose a contribution is: everyone who writes under one name in one language is one person, whom
 * nobody can sign in as. There are many of them, so what one may say in a day and of a product holds
 * for the demo as well.
 */
export function authorOf({ name, language }: { name: string; language: string }): Id {
  const hash = createHash('sha256').update(`demo/author/${language}/${name}`).digest('hex')
  // Made of a hash, as UUIDs of version 8 may be (RFC 9562 section 5.8).
  const parts = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(hash) ?? []
  return `${parts[1]}-${parts[2]}-8${parts[3]}-8${parts[4]}-${parts[5]}`
}

/** Who answers in each language, for the shop. */
const SPEAKER = { uk: 'Магазин', ru: 'Магазин', en: 'The shop' } as const

export interface ReviewSeeding {
  readonly tenant: Tenant
  /** Ids of products by slug. */
  readonly products: ReadonlyMap<string, Id>
  /** One of the staff, who shows what was said and answers. */
  readonly staff: Id
  /** A key of its own for everything that is written. */
  readonly cause: (key: string) => Cause
}

type Work = () => Promise<void>

/** What has to be done for each product, in order; whatever is refused is handed to `must`. */
export function reviewWork(
  commands: Pick<ReviewCommands, 'review' | 'ask' | 'answer' | 'moderate'>,
  { tenant, products, staff, cause }: ReviewSeeding,
  must: (outcome: Outcome<unknown>) => void,
): readonly Work[] {
  const shown = async (made: Outcome<Done<Contribution>>, key: string): Promise<Id | undefined> => {
    must(made)
    if (!made.ok) return undefined
    const { id, status } = made.value.answer
    const verdict = { status: 'shown', because: null } as const
    if (status !== 'shown') must(await commands.moderate(tenant, id, verdict, cause(`show/${key}`)))
    return id
  }
  return loadReviews(tenant.slug).map(({ product, reviews, questions }) => async () => {
    const productId = products.get(product)
    if (productId === undefined) throw new Error(`the demo says something of ${product}`)
    for (const [index, review] of reviews.entries()) {
      const key = `review/${product}/${index}`
      const made = { ...review, productId }
      await shown(await commands.review(tenant, authorOf(review), made, cause(key)), key)
    }
    for (const [index, { answer, ...question }] of questions.entries()) {
      const key = `question/${product}/${index}`
      const asked = { ...question, productId }
      const parentId = await shown(
        await commands.ask(tenant, authorOf(question), asked, cause(key)),
        key,
      )
      if (answer === undefined || parentId === undefined) continue
      const { language } = question
      const words = { parentId, language, name: SPEAKER[language], text: answer }
      const actor = { kind: 'user', id: staff, roles: ['staff'] } as const
      must(await commands.answer(tenant, actor, words, cause(`answer/${product}/${index}`)))
    }
  })
}
