import type { ProblemTable } from '#platform/http/route'

import type { LookRefusal } from '../contract.ts'

export const problems: ProblemTable<LookRefusal['code']> = {
  'tenants.contrast-low': {
    status: 422,
    title: 'The colors are too hard to read',
    detail: 'In {mode} mode {text} on {background} has a contrast of {ratio}; it needs {least}.',
  },
  'tenants.logo-unknown': {
    status: 404,
    title: 'There is no such picture for a logo',
    detail: 'This shop has no such picture, or not any more.',
  },
  'tenants.language-unknown': {
    status: 422,
    title: 'The shop does not speak this language',
    detail: 'The language {language} is not one of this shop.',
  },
}
