import type { Reads } from '#platform/db/reads'
import type { Waiting } from '#platform/waiting'

/**
 * The same question asked again in the same turn of the event loop gets the same answer: rows that
 * are decided side by side ask of the same attributes, categories and brands. Nobody may change what
 * was read.
 */
export function sharedReads(reads: Reads, waiting: Waiting): Reads {
  let asked = new Map<string, Promise<unknown[]>>()
  return {
    ...reads,
    read<Row>(...[tenant, statement, values = []]: Parameters<Reads['read']>): Promise<Row[]> {
      const question = JSON.stringify([tenant, statement.name, values])
      const known = asked.get(question)
      if (known !== undefined) return known as Promise<Row[]>
      if (asked.size === 0) waiting.soon(() => (asked = new Map()))
      const answer = reads.read(tenant, statement, values)
      asked.set(question, answer)
      return answer as Promise<Row[]>
    },
  }
}
