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
  'exchange.schedule-unknown': {
    status: 404,
    title: 'There is no such schedule',
    detail: 'There is no schedule {scheduleId}.',
  },
  'exchange.schedule-running': {
    status: 409,
    title: 'It is running',
    detail: 'A run of the schedule {scheduleId} is under way; wait for its end.',
  },
  'exchange.schedule-directions': {
    status: 422,
    title: 'Either in or out',
    detail: 'Say `from` where a table comes, or `to` how it is kept; one of the two.',
  },
  'exchange.too-many-schedules': {
    status: 409,
    title: 'There are too many schedules',
    detail: 'A shop has at most {limit} schedules; remove one first.',
  },
  'exchange.source-forbidden': {
    status: 422,
    title: 'This address is not asked',
    detail: '{reason}',
  },
  'exchange.file-unknown': {
    status: 404,
    title: 'There is no such file',
    detail: 'The run {runId} left no file, or it is no longer kept.',
  },
}
