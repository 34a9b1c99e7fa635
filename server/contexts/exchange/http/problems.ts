import type { ProblemTable } from '#platform/http/route'

import type { ExchangeRefusal } from '../contract.ts'

/** Complete by construction: a new refusal does not compile until it has a row here. */
export const problems: ProblemTable<ExchangeRefusal['code']> = {
  'exchange.import-unknown': {
    status: 404,
    title: 'There is no such import',
    detail: 'There is no import {importId}.',
  },
  'exchange.import-over': {
    status: 409,
    title: 'The import is over',
    detail: 'The import {importId} is {state}.',
  },
  'exchange.file-empty': {
    status: 422,
    title: 'The file is empty',
    detail: 'Send the file itself as the body of the request.',
  },
  'exchange.too-many-imports': {
    status: 429,
    title: 'Other imports are under way',
    detail: 'Only {limit} files at once wait to be read; send this one when another is done.',
  },
}
