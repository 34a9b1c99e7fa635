/**
 * The test payment provider as a program of its own:
 *
 *     node server/test-provider/main.ts --port 0 [--delay-ms 20] [--settle-ms 5000] [--data-file F]
 *       [--keep N] [--faults JSON] [--webhook-url U] [--webhook-secret S] [--webhook-tries 12]
 *       [--with-parent]
 *
 * Prints `{"url": "http://127.0.0.1:…"}` on one line when it listens. `--with-parent` ends it when
 * its standard input closes, so that a killed shop or test leaves no orphan: spawn it with a pipe.
 * The secret may stand in WEBHOOK_SECRET instead, where other users of the machine cannot read it.
 */
import { parseArgs } from 'node:util'

import { readFaults, type Faults } from './faults.ts'
import { startTestProvider } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'delay-ms': { type: 'string', default: '20' },
    'settle-ms': { type: 'string', default: '5000' },
    'data-file': { type: 'string' },
    keep: { type: 'string', default: '100000' },
    faults: { type: 'string', default: '{}' },
    'webhook-url': { type: 'string' },
    'webhook-secret': { type: 'string' },
    'webhook-tries': { type: 'string', default: '12' },
    'with-parent': { type: 'boolean', default: false },
  },
})

type Counted = 'port' | 'delay-ms' | 'settle-ms' | 'keep' | 'webhook-tries'

function wholeNumber(name: Counted, least: number, most: number): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= least && value <= most) return value
  return refuse(`--${name} must be a whole number from ${least} to ${most}, not "${values[name]}".`)
}

function faults(): Faults {
  try {
    const read = readFaults(JSON.parse(values.faults))
    if (read !== undefined) return read
  } catch {
    // What is no JSON is no faults either; both are said below.
  }
  return refuse(`--faults must be faults as JSON (see faults.ts), not "${values.faults}".`)
}

function refuse(why: string): never {
  console.error(why)
  process.exit(1)
}

const webhookSecret = values['webhook-secret'] ?? process.env['WEBHOOK_SECRET']
const webhookUrl = values['webhook-url']
const dataFile = values['data-file']

const provider = await startTestProvider({
  port: wholeNumber('port', 0, 65_535),
  delayMs: wholeNumber('delay-ms', 0, 60_000),
  settleMs: wholeNumber('settle-ms', 0, 3_600_000),
  limit: wholeNumber('keep', 1, 10_000_000),
  faults: faults(),
  webhookTries: wholeNumber('webhook-tries', 1, 100),
  ...(webhookSecret === undefined || webhookSecret === '' ? {} : { webhookSecret }),
  ...(webhookUrl === undefined ? {} : { webhookUrl }),
  ...(dataFile === undefined ? {} : { dataFile }),
}).catch((error: Error) => refuse(`The test payment provider cannot start: ${error.message}`))

let closing = false
function stop(): void {
  if (closing) return
  closing = true
  void provider.close().then(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
if (values['with-parent']) process.stdin.on('end', stop).on('error', stop).resume()

console.log(JSON.stringify({ url: provider.url }))
