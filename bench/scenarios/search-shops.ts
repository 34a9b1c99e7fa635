import { readFileSync } from 'node:fs'

import type { Scenario } from '../support/scenario.ts'

export interface ShopSearchOptions {
  /** A file of hosts and paths, one pair on each line: asked for in turn, each by whoever comes next. */
  readonly pathFile: string
}

/** One search in one of many shops. */
export const scenario: Scenario<ShopSearchOptions> = ({ options: { pathFile }, prepare }) => {
  const requests = readFileSync(pathFile, 'utf8')
    .split('\n')
    .map((line) => {
      const [host = '', path = ''] = line.split(' ')
      return prepare({ method: 'GET', path, headers: { Host: host } }, false)
    })
  let next = 0
  return async (client) => {
    const request = requests[next++ % requests.length]
    if (request === undefined) throw new Error('There is nothing to search for.')
    const { status } = await client.send('search', request)
    return status === 200 ? 'shown' : `answered ${status}`
  }
}
