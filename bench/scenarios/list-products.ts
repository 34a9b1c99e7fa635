import { readFileSync } from 'node:fs'

import type { Scenario } from '../support/scenario.ts'

export interface ListOptions {
  /** A file of paths, one on each line: asked for in turn, each by whoever comes next. */
  readonly pathFile: string
}

/** One page of products. */
export const scenario: Scenario<ListOptions> = ({ options: { pathFile }, prepare }) => {
  const requests = readFileSync(pathFile, 'utf8')
    .split('\n')
    .map((path) => prepare({ method: 'GET', path }, false))
  let next = 0
  return async (client) => {
    const request = requests[next++ % requests.length]
    if (request === undefined) throw new Error('There is no page to ask for.')
    const { status } = await client.send('list', request)
    return status === 200 ? 'shown' : `answered ${status}`
  }
}
