import type { Scenario } from './scenario.ts'

/** Makes a thing and looks at it: the scenario of `load.test.ts`. */
export const scenario: Scenario = ({ prepare }) => {
  const make = prepare({ method: 'POST', path: '/', body: { name: 'м’яч' } })
  return async (client) => {
    const made = await client.send('make', make)
    const { id } = JSON.parse(made.body) as { id: string }
    const found = await client.send('look', { method: 'GET', path: `/${encodeURIComponent(id)}` })
    return found.status === 200 ? 'found' : 'missing'
  }
}
