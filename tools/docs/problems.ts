import type { ProblemTable } from '../../server/platform/http/route.ts'
import { made, table } from './markdown.ts'

/** One owner of refusals: the platform or a context. */
export interface ProblemOwner {
  readonly name: string
  readonly problems: ProblemTable
}

/** Every refusal a client can get, by owner and code. */
export function problemsDoc(owners: readonly ProblemOwner[]): string {
  return [
    '# Problems',
    made('the problem tables of the platform and the contexts'),
    'Every refusal is an RFC 9457 document, `application/problem+json`. `code` and `title` never ' +
      'change; the facts of the\nrefusal stand beside the standard members and fill the `{names}` below.',
    ...owners
      .filter(({ problems }) => Object.keys(problems).length > 0)
      .flatMap(({ name, problems }) => [`## ${name}`, problemTable(problems)]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

function problemTable(problems: ProblemTable): string {
  const rows = Object.entries(problems)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, title, detail }]) => [
      `\`${code}\``,
      String(status),
      title,
      detail ?? '',
    ])
  return table(['Code', 'Status', 'Title', 'Detail'], rows)
}
