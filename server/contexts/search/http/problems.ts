import type { ProblemTable } from '#platform/http/route'

import type { SearchRefusal } from '../contract.ts'

export const problems: ProblemTable<SearchRefusal['code']> = {
  'search.facet-unknown': {
    status: 422,
    title: 'This shop has no such filter',
    detail:
      'Products of this shop cannot be filtered by {facet}. `facets` of an answer lists by what they can.',
  },
  'search.facet-repeated': {
    status: 422,
    title: 'A filter is named twice',
    detail: 'The filter {facet} is named twice. Name it once, with all values.',
  },
  'search.filter-malformed': {
    status: 422,
    title: 'A filter cannot be read',
    detail:
      'The filter {filter} cannot be read: write code:value,value or code:from..to, at most 12 with ; between.',
  },
  'search.place-foreign': {
    status: 422,
    title: 'This is no place in this list',
    detail: 'What was sent as after is not of a list sorted by {sort}. Begin with the first page.',
  },
  'search.synonym-unknown': {
    status: 404,
    title: 'There is no such synonym',
    detail: 'This shop has no synonym {synonymId}.',
  },
  'search.synonym-phrase': {
    status: 422,
    title: 'Only a single word can have synonyms',
    detail: 'What is sought must be a single word, and {word} is none. Phrases may stand in also.',
  },
  'search.synonyms-full': {
    status: 422,
    title: 'This shop has too many synonyms',
    detail: 'A shop has at most {limit} groups of synonyms. Remove one first.',
  },
  'search.changed-meanwhile': {
    status: 409,
    title: 'Somebody else changed this at the same time',
    detail: 'Try again.',
  },
}
