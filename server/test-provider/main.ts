/**
 * The test payment provider as a program of its own:
 *
 *     node server/test-provider/main.ts --port 0 [--delay-ms 20] [--data-file F] [--keep N] [--with-parent]
 *
 * Prints `{"url": "http://127.0.0.1:…"}` on one line when it listens. `--with-parent` ends it when
 * its standard input closes, so that a killed shop or test leaves no orphan: spawn it with a pipe.
 */
import { parseArgs } from 'node:util'

import { startTestProvider } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'delay-ms': { type: 'string', default: '20' },
    'data-file': { type: 'string' },
    keep: { type: 'string', default: '100000' },
    'with-parent': { type: 'boolean', default: false },
  },
})

function wholeNumber(name: 'port' | 'delay-ms' | 'keep', least: number, most: number): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= least && value <= most) return value
  console.error(`--${name} must be a whole number from ${least} to ${most}, not "${values[name]}".`)
  process.exit(1)
}

const provider = await startTestProvider({
  port: wholeNumber('port', 0, 65_535),
  delayMs: wholeNumber('delay-ms', 0, 60_000),
  limit: wholeNumber('keep', 1, 10_000_000),
  ...(values['data-file'] === undefined ? {} : { dataFile: values['data-file'] }),
}).catch((error: Error) => {
  console.error(`The test payment provider cannot start: ${error.message}`)
  process.exit(1)
})

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
