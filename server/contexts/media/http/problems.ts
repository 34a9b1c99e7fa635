import type { ProblemTable } from '#platform/http/route'

import type { MediaRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<MediaRefusal['code']> = {
  'media.unknown': {
    status: 404,
    title: 'There is no such picture',
    detail: 'This shop has no such picture, or not any more.',
  },
  'media.type-unknown': {
    status: 415,
    title: 'This is no picture we take',
    detail: 'Pictures are {accepted}; what a file is called and said to be does not matter.',
  },
  'media.unreadable': {
    status: 422,
    title: 'The picture cannot be read',
    detail: 'The picture cannot be read: {reason}.',
  },
  'media.too-many-pixels': {
    status: 422,
    title: 'The picture is too large',
    detail:
      'A picture has at most {mostPixels} pixels and {longestSide} on a side; this one has {width} × {height}.',
  },
  'media.too-many-frames': {
    status: 422,
    title: 'The film is too long',
    detail: 'Of a film the first picture is shown; it has at most {mostFrames}, this one {frames}.',
  },
  'media.too-slow': {
    status: 422,
    title: 'The picture is too much work',
    detail: 'It took longer than {seconds} s to read the picture.',
  },
  'media.language-unknown': {
    status: 422,
    title: 'The shop does not speak that language',
    detail: 'This shop has no texts in {language}.',
  },
  'media.piece-missing': {
    status: 409,
    title: 'A piece of the file has not come',
    detail: 'Send piece {piece} and end the upload then.',
  },
  'media.too-many-pieces': {
    status: 429,
    title: 'Too many uploads were begun and not ended',
    detail: 'A shop has at most {most} pieces of unfinished uploads; old ones go after a day.',
  },
}
