/** A load process: started by `load.ts`, told its share in one message, answers what it counted. */
import { runClients, type Share } from './clients.ts'
import type { Scenario } from './scenario.ts'

process.once('message', async ({ module, share }: { module: string; share: Share }) => {
  try {
    const { scenario } = (await import(module)) as { scenario: Scenario }
    const onMeasuring = (): void => void process.send?.({ measuring: true })
    process.send?.({ counted: await runClients(scenario, share, onMeasuring) })
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : error })
  }
  process.disconnect?.()
})
// The benchmark that started this process is gone, and nobody would read the counts.
process.once('disconnect', () => process.exit())
