/**
 * `npm run drill`: a shop sells, is backed up meanwhile, loses its database, is restored to the moment before,
 * settles its books with the provider and sells again. `-- --large` does so with 500 MB. Ends with 1
 * when anything is not as promised.
 */
import { parseArgs } from 'node:util'

import { type DrillFigures, rehearse } from './restore-rehearsal.ts'

const LARGE_MEGABYTES = 520

const { values } = parseArgs({ options: { large: { type: 'boolean', default: false } } })

const begun = performance.now()
const say = (words: string): void => {
  console.log(`  ${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${words}`)
}

function tell({ base, rpo, rto, ...figures }: DrillFigures): void {
  const seconds = (value: number): string => `${value.toFixed(1)} s`
  console.log(`
  Base backup under load: ${base.megabytes.toFixed(0)} MB in ${seconds(base.seconds)}, ${base.kept.toFixed(0)} MB kept; journal of ${figures.journalSegments} segments
  Orders: ${figures.kept} kept, ${figures.lost} lost with the time after the moment, 0 missing
  Charges: ${figures.settled} settled, ${figures.givenBack} given back, ${figures.refundsBooked} refunds booked, 0 unaccounted for
  RPO, had the disk been lost: ${rpo.seconds.toFixed(2)} s, ${rpo.orders} acknowledged orders
  RTO: files ${seconds(rto.copy)}, journal ${seconds(rto.replay)} (writable after ${seconds(rto.writable)}), verify ${seconds(rto.verify)}, account ${seconds(rto.account)}; selling after ${seconds(rto.selling)}
  Readers: 0 entries missed; invariants: 0 violations`)
}

async function main(): Promise<number> {
  await using parts = new AsyncDisposableStack()
  const { figures } = await rehearse(
    {
      buyers: 16,
      ordersBefore: values.large ? 1500 : 500,
      ordersLost: values.large ? 500 : 250,
      ...(values.large ? { fillMegabytes: LARGE_MEGABYTES } : {}),
      onProgress: say,
    },
    parts,
  )
  tell(figures)
  return 0
}

const code = await main().catch((error: unknown) => {
  console.error('The drill failed:', error)
  return 1
})
// What it borrows from the tests would report on tests that there are none of.
process.exit(code)
