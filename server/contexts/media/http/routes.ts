import Type from 'typebox'

import { route, shown, type Access, type Route } from '#platform/http/route'
import { nullableText, pageQuery } from '#platform/http/schemas'
import { ID_PATTERN } from '#platform/keyset'
import { accept } from '#platform/outcome'

import type { MediaCommands, MediaQueries, Renditions } from '../contract.ts'
import { hasHash, movedTo, served, servedBriefly } from './serve.ts'

const STAFF: Access = { who: ['staff', 'admin'], whose: 'shop' }

/** The limits and the closed list, which are the domain's; the context hands them over. */
export interface MediaLimits {
  readonly uploadBytes: number
  readonly pieceBytes: number
  readonly mostPieces: number
  readonly piecePattern: string
  readonly assetPattern: string
  readonly filePattern: string
}

const id = Type.String({ pattern: `^${ID_PATTERN}$` })
const LANGUAGE = '^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}$'
const alt = Type.Record(Type.String({ pattern: LANGUAGE }), Type.String({ maxLength: 300 }), {
  maxProperties: 20,
  description: 'What is to be seen, by language, for people who do not see it.',
})
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the file.' })

const asset = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['picture', 'drawing']),
  url: Type.String({
    description: 'Put one of `widths` and one of `formats` in; what is there never changes.',
  }),
  widths: Type.Array(Type.Integer()),
  formats: Type.Array(Type.String()),
  width: Type.Integer(),
  height: Type.Integer(),
  placeholder: Type.Object({ color: Type.String(), preview: nullableText }),
  alt: Type.Record(Type.String(), Type.String()),
  sha256: Type.String(),
  bytes: Type.Integer(),
  createdAt: Type.String(),
})

const JUDGED = [
  'media.type-unknown',
  'media.unreadable',
  'media.too-many-pixels',
  'media.too-many-frames',
  'media.too-slow',
]

export function mediaRoutes(
  commands: MediaCommands,
  queries: MediaQueries,
  renditions: Renditions,
  limits: MediaLimits,
): readonly Route[] {
  return [
    ...library(commands, queries, limits),
    ...pieces(commands, limits),
    pictures(renditions, limits),
  ]
}

function library(commands: MediaCommands, queries: MediaQueries, limits: MediaLimits): Route[] {
  return [
    route({
      id: 'addPicture',
      method: 'POST',
      path: '/api/v1/admin/media',
      tag: 'media',
      summary: 'Upload a picture',
      description:
        'The body is the file itself. A file the shop has already is answered with 200 and is not stored twice, so a try whose answer was lost is simply made again. Nothing beside the picture is kept: no place, no camera, no texts.',
      access: STAFF,
      upload: { limitBytes: limits.uploadBytes },
      answer: { status: 201, body: asset, found: true },
      refusals: JUDGED,
      async handle({ tenant, upload, cause }) {
        const outcome = await commands.add(tenant, upload, cause)
        if (!outcome.ok) return outcome
        const { asset: body, isNew } = outcome.value
        return accept({ status: isNew ? 201 : 200, body })
      },
    }),
    route({
      id: 'listPictures',
      method: 'GET',
      path: '/api/v1/admin/media',
      tag: 'media',
      summary: 'The pictures of the shop, newest first',
      access: STAFF,
      query: Type.Object({ ...pageQuery.properties, sha256: Type.Optional(sha256) }),
      answer: { status: 200, body: Type.Object({ items: Type.Array(asset), next: nullableText }) },
      async handle({ tenant, query: { limit = 20, ...query } }) {
        return accept({ body: await queries.list(tenant, { limit, ...query }) })
      },
    }),
    route({
      id: 'getPicture',
      method: 'GET',
      path: '/api/v1/admin/media/{id}',
      tag: 'media',
      summary: 'One picture',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 200, body: asset },
      refusals: ['media.unknown'],
      async handle({ tenant, params }) {
        return shown(await queries.view(tenant, params.id))
      },
    }),
    route({
      id: 'describePicture',
      method: 'PUT',
      path: '/api/v1/admin/media/{id}/alt',
      tag: 'media',
      summary: 'Say what is to be seen',
      access: STAFF,
      params: Type.Object({ id }),
      body: Type.Object({ alt }),
      answer: { status: 200, body: asset },
      refusals: ['media.unknown', 'media.language-unknown'],
      async handle({ tenant, params, body, cause }) {
        return shown(await commands.describe(tenant, params.id, body.alt, cause))
      },
    }),
    route({
      id: 'removePicture',
      method: 'DELETE',
      path: '/api/v1/admin/media/{id}',
      tag: 'media',
      summary: 'Remove a picture',
      description:
        'Its address answers 404 within 10 s, products simply have one picture less. Copies that browsers and a CDN keep live on there: empty those by their own means.',
      access: STAFF,
      params: Type.Object({ id }),
      answer: { status: 204, body: Type.Null() },
      refusals: ['media.unknown'],
      async handle({ tenant, params, cause }) {
        const outcome = await commands.remove(tenant, params.id, cause)
        return outcome.ok ? accept({ body: null }) : outcome
      },
    }),
  ]
}

function pieces(
  commands: MediaCommands,
  { pieceBytes, mostPieces, piecePattern }: MediaLimits,
): Route[] {
  const path = '/api/v1/admin/media/uploads/{uploadId}'
  const number = Type.String({ pattern: piecePattern, description: `0 to ${mostPieces - 1}.` })
  return [
    route({
      id: 'putPicturePiece',
      method: 'PUT',
      path: `${path}/{piece}`,
      tag: 'media',
      summary: 'Upload a piece of a picture',
      description: `For slow lines: the file in pieces of at most ${pieceBytes} bytes, counted from 0, under an id (UUID) of the client's own. A piece that is sent again replaces the first.`,
      access: STAFF,
      params: Type.Object({ uploadId: id, piece: number }),
      upload: { limitBytes: pieceBytes },
      answer: { status: 200, body: Type.Object({ bytes: Type.Integer() }) },
      refusals: ['media.too-many-pieces'],
      async handle({ tenant, params: { uploadId, piece }, upload }) {
        return shown(await commands.keepPiece(tenant, { uploadId, number: Number(piece) }, upload))
      },
    }),
    route({
      id: 'listPicturePieces',
      method: 'GET',
      path,
      tag: 'media',
      summary: 'Which pieces of a picture have come',
      access: STAFF,
      params: Type.Object({ uploadId: id }),
      answer: {
        status: 200,
        body: Type.Object({
          items: Type.Array(Type.Object({ number: Type.Integer(), bytes: Type.Integer() })),
        }),
      },
      handle: async ({ tenant, params }) =>
        accept({ body: { items: await commands.pieces(tenant, params.uploadId) } }),
    }),
    route({
      id: 'addPictureOfPieces',
      method: 'POST',
      path,
      tag: 'media',
      summary: 'Make a picture of its pieces',
      description: 'The pieces are gone afterwards, whatever became of them.',
      access: STAFF,
      params: Type.Object({ uploadId: id }),
      body: Type.Object({ pieces: Type.Integer({ minimum: 1, maximum: mostPieces }) }),
      answer: { status: 201, body: asset, found: true },
      refusals: ['media.piece-missing', ...JUDGED],
      async handle({ tenant, params: { uploadId }, body, cause }) {
        const outcome = await commands.addPieces(tenant, { uploadId, ...body }, cause)
        if (!outcome.ok) return outcome
        const { asset: made, isNew } = outcome.value
        return accept({ status: isNew ? 201 : 200, body: made })
      },
    }),
  ]
}

function pictures(
  { rendition, address }: Renditions,
  { assetPattern, filePattern }: MediaLimits,
): Route {
  return route({
    id: 'getRendition',
    method: 'GET',
    path: '/media/{asset}/{file}',
    tag: 'media',
    summary: 'A picture in one size and format',
    description:
      'Made when it is first asked for. The address is in `url` of the picture; what it leads to never changes. With the id alone, as products name it, the answer is 301 and that address.',
    access: { who: 'anyone', whose: 'public' },
    params: Type.Object({
      asset: Type.String({ pattern: assetPattern }),
      file: Type.String({ pattern: filePattern }),
    }),
    headers: {
      'If-None-Match': 'The `ETag` of a copy one has.',
      Range: 'One range of bytes.',
      'If-Range': 'The `ETag` the range is of.',
    },
    answer: {
      status: 200,
      body: Type.String(),
      types: ['image/avif', 'image/webp', 'image/jpeg'],
      moved: true,
    },
    refusals: ['media.unknown'],
    async handle({ tenant, params, header }) {
      if (!hasHash(params.asset)) {
        const found = await address(tenant.id, params.asset, params.file)
        if (!found.ok) return found
        const [, own] = /^\/media\/([^/]+)\//.exec(found.value) ?? []
        if (own === undefined) return accept(movedTo(found.value))
        // To be sent on to this very server would cost a phone a second way there, before it sees anything.
        const outcome = await rendition(tenant.id, own, params.file)
        return outcome.ok ? accept(servedBriefly(outcome.value, header)) : outcome
      }
      const outcome = await rendition(tenant.id, params.asset, params.file)
      return outcome.ok ? accept(served(outcome.value, header)) : outcome
    },
  })
}
