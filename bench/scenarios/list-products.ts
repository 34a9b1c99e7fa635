import { readFileSync } from 'node:fs'

import type { Scenario } from '../support/scenario.ts'

export interface ListOptions {
  /** A file of paths, one on each line: asked for in turn, each by whoever comes next. */
  readonly pathFile: string
}

const EMPTY_BYTES = 100

/** One page of products. */
export const scenario: Scenario<ListOptions> = ({ options: { pathFile }, prepare }) => {
  const requests = readFileSync(pathFile, 'utf8')
    .split('\n')
    .map((path) => prepare({ method: 'GET', path }, false))
  let next = 0
  return async (client) => {
    const request = requests[next++ % requests.length]
    if (request === undefined) throw new Error('There is no page to ask for.')
    const { status, head } = await client.send('list', request)
    if (status !== 200) return `answered ${status}`
    // A page of nothing is quick and proves nothing.
    return Number(/^content-length: *(\d+)/im.exec(head)?.[1]) > EMPTY_BYTES ? 'shown' : 'empty'
  }
}
