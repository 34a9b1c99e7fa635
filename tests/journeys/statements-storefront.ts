/** How what a shop window is made of is asked: pictures, search, reviews, feeds, tables. */
import { randomUUID } from 'node:crypto'

import { tokenOf } from '../authorization/people.ts'
import { aGif, SCHEDULE } from '../authorization/things.ts'
import { A, eventually, good, type Json } from './journey.ts'
import { LISTED, type Prepare, type World } from './statements-world.ts'

const IMPORTS = 'admin/imports'
const SCHEDULES = 'admin/exchange-schedules'
const MEDIA = 'admin/media'

/** Somebody who has written nothing yet. */
const someone = (): string => tokenOf({ id: randomUUID() }, ['shopper'])

/** A word that is one: digits among letters make it two. */
const aWord = (number: number): string =>
  `word${String(number).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`

const words = () => ({ name: 'Олена', text: `Words ${randomUUID()}` })

async function picture({ journey, admin }: World): Promise<Json> {
  return good(await journey.post(`${A}/${MEDIA}`, aGif(), { as: admin }), 201)
}

async function aPiece({ journey, admin }: World): Promise<string> {
  const uploadId = randomUUID()
  const path = `${A}/${MEDIA}/uploads/${uploadId}/0`
  good(await journey.call('PUT', path, { as: admin, body: aGif() }))
  return uploadId
}

/** What somebody wrote, and that somebody's token. */
async function written(
  { journey, product }: World,
  what: 'reviews' | 'questions' = 'reviews',
): Promise<{ readonly id: string; readonly as: string }> {
  const as = someone()
  const body = { ...words(), ...(what === 'reviews' ? { rating: 4 } : {}) }
  const path = `${A}/products/${product.id}/${what}`
  return { id: good(await journey.post(path, body, { as }), 201).id, as }
}

/** The id of something that everybody may read. */
async function shown(shop: World, what?: 'questions'): Promise<string> {
  const { id } = await written(shop, what)
  await shop.staff('POST', `contributions/${id}/show`)
  return id
}

/** Somebody who has the product on the list. */
async function wishing({ journey, product }: World): Promise<{ readonly as: string }> {
  const as = someone()
  const path = `${A}/users/me/wishes/${product.id}`
  good(await journey.call('PUT', path, { as, body: {} }), 204)
  return { as }
}

const aReturn = ({ sku }: World) => ({ lines: [{ sku, quantity: 1 }], reason: 'other' })

/** A return that was asked for and nobody has decided on. */
async function returning(shop: World) {
  const { id: orderId, token: orderToken } = await shop.paid()
  const path = `${A}/orders/${orderId}/returns`
  const made = await shop.journey.post(path, aReturn(shop), { orderToken })
  return { id: good(made, 201).id as string, orderId, orderToken }
}

/** An import that has begun; there must be room for it. */
export async function anImport(shop: World, table: string): Promise<string> {
  const { journey, admin: as } = shop
  const ask = { as, headers: { 'content-type': 'text/csv' } }
  const path = `${A}/${IMPORTS}?kind=stock&mode=trial`
  await noImport(shop)
  return good(await journey.post(path, table, ask), 202).id
}

/** Waits until nothing is read any more: a shop reads few tables at once. */
async function noImport({ journey, admin: as }: World): Promise<void> {
  await eventually(
    async () => good(await journey.get(`${A}/${IMPORTS}?limit=10`, { as })),
    ({ items }) => items.every(({ state }: Json) => state !== 'waiting' && state !== 'running'),
  )
}

/** The id of an import that is over, with a row that was wrong. */
async function ended(shop: World): Promise<string> {
  const id = await anImport(shop, aTable('no-such-sku', 1))
  await noImport(shop)
  return id
}

async function schedulesOf({ journey, admin: as }: World): Promise<Json[]> {
  return good(await journey.get(`${A}/${SCHEDULES}?limit=100`, { as })).items
}

async function aSchedule({ journey, admin: as }: World): Promise<string> {
  return good(await journey.post(`${A}/${SCHEDULES}`, SCHEDULE, { as }), 201).id
}

async function removeSchedule({ journey, admin: as }: World, id: string): Promise<void> {
  good(await journey.call('DELETE', `${A}/${SCHEDULES}/${id}`, { as }), 204)
}

/** A run that is over and left a file. */
async function aRun(shop: World): Promise<{ readonly schedule: string; readonly run: string }> {
  const { journey, admin: as } = shop
  const schedule = await aSchedule(shop)
  const path = `${A}/${SCHEDULES}/${schedule}`
  good(await journey.post(`${path}/run`, {}, { as }), 202)
  const [run] = await eventually(
    async (): Promise<Json[]> => good(await journey.get(`${path}/runs`, { as })).items,
    ([seen]) => seen.state === 'done',
  )
  return { schedule, run: run.id }
}

/** A table of stock that is long enough to be interrupted, when it has many rows. */
export function aTable(sku: string, rows: number): string {
  return `sku;warehouse;quantity\n${`${sku};kyiv;7\n`.repeat(rows)}`
}

const MANY_ROWS = 30_000

export const STOREFRONT: Readonly<Record<string, Prepare>> = {
  addPicture: ({ admin }) => ({ as: admin, body: aGif() }),
  listPictures: async (shop) => {
    for (let made = 0; made < LISTED; made += 1) await picture(shop)
    return { as: shop.admin, query: `?limit=${LISTED}` }
  },
  getPicture: async (shop) => ({ as: shop.admin, path: { id: (await picture(shop)).id } }),
  removePicture: async (shop) => ({ as: shop.admin, path: { id: (await picture(shop)).id } }),
  describePicture: async (shop) => ({
    as: shop.admin,
    path: { id: (await picture(shop)).id },
    body: { alt: { uk: 'Мʼяч' } },
  }),
  putPicturePiece: ({ admin }) => ({
    as: admin,
    path: { uploadId: randomUUID(), piece: '0' },
    body: 'a piece',
  }),
  listPicturePieces: async (shop) => ({
    as: shop.admin,
    path: { uploadId: await aPiece(shop) },
  }),
  addPictureOfPieces: async (shop) => ({
    as: shop.admin,
    path: { uploadId: await aPiece(shop) },
    body: { pieces: 1 },
  }),
  async getRendition(shop) {
    const { url } = await picture(shop)
    return { path: { asset: url.split('/')[2], file: '160.webp' } }
  },

  searchProducts: () => ({ query: `?q=x${randomUUID().slice(0, 8)}&limit=${LISTED}` }),
  suggestSearches: () => ({ query: '?q=ball' }),
  listSynonyms: ({ admin }) => ({ as: admin }),
  addSynonym: (shop) => ({
    as: shop.admin,
    body: { words: [aWord(shop.next())], also: ['ball'] },
  }),
  async removeSynonym(shop) {
    const body = { words: [aWord(shop.next())], also: ['ball'] }
    return {
      as: shop.admin,
      path: { id: (await shop.staff('POST', 'search/synonyms', body, 201)).id },
    }
  },
  listSearches: ({ admin }) => ({ as: admin, query: `?limit=${LISTED}` }),
  noteSearchClick: ({ product }) => ({ body: { q: 'ball', productId: product.id } }),
  forgetSearchInterests: ({ shopper }) => ({ as: shopper }),

  listContributions: async (shop) => {
    for (let made = 0; made < LISTED; made += 1) await written(shop)
    return { as: shop.admin, query: `?limit=${LISTED}` }
  },
  showContribution: async (shop) => ({ as: shop.admin, path: { id: (await written(shop)).id } }),
  refuseContribution: async (shop) => ({
    as: shop.admin,
    path: { id: (await written(shop)).id },
    body: { because: 'off-topic' },
  }),
  getReviewSettings: ({ admin }) => ({ as: admin }),
  setReviewSettings: ({ admin }) => ({ as: admin, body: { showsAtOnce: false } }),
  listReviews: async (shop) => {
    for (let made = 0; made < LISTED; made += 1) await shown(shop)
    return { path: { id: shop.product.id }, query: `?limit=${LISTED}` }
  },
  writeReview: ({ product }) => ({
    as: someone(),
    path: { id: product.id },
    body: { ...words(), rating: 5 },
  }),
  listQuestions: async (shop) => {
    for (let made = 0; made < LISTED; made += 1) await shown(shop, 'questions')
    return { path: { id: shop.product.id }, query: `?limit=${LISTED}` }
  },
  askQuestion: ({ product }) => ({ as: someone(), path: { id: product.id }, body: words() }),
  listOwnContributions: async (shop) => ({
    as: (await written(shop)).as,
    query: `?limit=${LISTED}`,
  }),
  async changeContribution(shop) {
    const { id, as } = await written(shop)
    return { as, path: { id }, body: { ...words(), rating: 1 } }
  },
  async removeContribution(shop) {
    const { id, as } = await written(shop)
    return { as, path: { id } }
  },
  voteContribution: async (shop) => ({ as: someone(), path: { id: await shown(shop) } }),
  async unvoteContribution(shop) {
    const [id, as] = [await shown(shop), someone()]
    const answer = await shop.journey.call('PUT', `${A}/contributions/${id}/vote`, { as })
    good(answer, 204)
    return { as, path: { id } }
  },
  answerContribution: async (shop) => ({
    as: shop.admin,
    path: { id: await shown(shop, 'questions') },
    body: words(),
  }),
  reportContribution: async (shop) => ({
    as: someone(),
    path: { id: await shown(shop) },
    body: { because: 'advertising' },
  }),

  listWishes: async (shop) => ({ as: (await wishing(shop)).as, query: `?limit=${LISTED}` }),
  listWishedProducts: wishing,
  addWish: ({ product }) => ({ as: someone(), path: { productId: product.id }, body: {} }),
  removeWish: async (shop) => ({ ...(await wishing(shop)), path: { productId: shop.product.id } }),
  mergeWishes: ({ product }) => ({ as: someone(), body: { items: [{ productId: product.id }] } }),

  async getReturnsOfOrder(shop) {
    const { orderId: id, orderToken } = await returning(shop)
    return { path: { id }, orderToken }
  },
  async requestReturn(shop) {
    const { id, token: orderToken } = await shop.paid()
    return { path: { id }, orderToken, body: aReturn(shop) }
  },
  async withdrawReturn(shop) {
    const { id, orderToken } = await returning(shop)
    return { path: { id }, orderToken }
  },
  approveReturn: async (shop) => ({ as: shop.admin, path: { id: (await returning(shop)).id } }),
  declineReturn: async (shop) => ({
    as: shop.admin,
    path: { id: (await returning(shop)).id },
    body: { because: 'It is worn.' },
  }),
  listReturns: async (shop) => {
    for (let made = 0; made < LISTED; made += 1) await returning(shop)
    return { as: shop.admin, query: `?limit=${LISTED}` }
  },
  listMyReturns: ({ shopper }) => ({ as: shopper, query: `?limit=${LISTED}` }),
  getReturnSettings: ({ admin }) => ({ as: admin }),
  setReturnSettings: (shop) => ({ as: shop.admin, body: { days: 14 + (shop.next() % 300) } }),

  robots: () => ({}),
  sitemap: () => ({}),
  sitemapOfPages: () => ({}),
  async sitemapOfProducts({ journey }) {
    const { text } = await journey.get('/sitemap.xml')
    return { path: { id: /products\/([^<]+)</.exec(text)?.[1] ?? '' } }
  },
  productFeed: () => ({}),
  getStructuredData: ({ product }) => ({ path: { id: product.id } }),

  async beginImport(shop) {
    await noImport(shop)
    return {
      as: shop.admin,
      query: '?kind=stock&mode=trial',
      body: aTable(shop.sku, 1),
      headers: { 'content-type': 'text/csv' },
    }
  },
  listImports: async (shop) => {
    await ended(shop)
    return { as: shop.admin, query: `?limit=${LISTED}` }
  },
  cancelImport: async (shop) => ({
    as: shop.admin,
    path: { id: await anImport(shop, aTable(shop.sku, MANY_ROWS)) },
  }),
  getImport: async (shop) => ({ as: shop.admin, path: { id: await ended(shop) } }),
  listImportFaults: async (shop) => ({ as: shop.admin, path: { id: await ended(shop) } }),
  exportTable: ({ admin }) => ({ as: admin, path: { kind: 'prices' } }),
  createExchangeSchedule: async (shop) => {
    // A shop has at most fifty.
    const [first] = (await schedulesOf(shop)).toReversed()
    if (first !== undefined) await removeSchedule(shop, first.id)
    return { as: shop.admin, body: SCHEDULE }
  },
  changeExchangeSchedule: async (shop) => ({
    as: shop.admin,
    path: { id: await aSchedule(shop) },
    body: { ...SCHEDULE, name: randomUUID() },
  }),
  removeExchangeSchedule: async (shop) => ({
    as: shop.admin,
    path: { id: await aSchedule(shop) },
  }),
  listExchangeSchedules: async (shop) => {
    for (let n = (await schedulesOf(shop)).length; n < LISTED; n += 1) await aSchedule(shop)
    return { as: shop.admin, query: `?limit=${LISTED}` }
  },
  getExchangeSchedule: async (shop) => ({ as: shop.admin, path: { id: await aSchedule(shop) } }),
  runExchangeSchedule: async (shop) => ({ as: shop.admin, path: { id: await aSchedule(shop) } }),
  listExchangeRuns: async (shop) => {
    const { schedule } = await aRun(shop)
    return { as: shop.admin, path: { id: schedule } }
  },
  getExchangeFile: async (shop) => ({ as: shop.admin, path: { id: (await aRun(shop)).run } }),
}
