/** The HTTP adapter with the real test provider: a program of its own that can be made to fail. */
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

import { secretsFrom } from '#platform/auth/secrets'

import type { WebhookDelivery } from '../provider.ts'
import { httpProvider } from './http-provider.ts'
import { providerConformance } from './provider-conformance.testing.ts'
import type { Rig } from './rig.testing.ts'

const PROGRAM = fileURLToPath(new URL('../../../test-provider/main.ts', import.meta.url))

const { current: secret } = secretsFrom('the secret of these tests').derive('payment-webhooks')
const { current: foreignSecret } = secretsFrom('another one').derive('payment-webhooks')
const { current: nextSecret } = secretsFrom('the next one').derive('payment-webhooks')

const deliveries: WebhookDelivery[] = []
const shop = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { headers } = request
    deliveries.push({ headers, rawBody: Buffer.concat(parts), receivedAt: Date.now() })
    response.writeHead(204).end()
  })
})
shop.listen(0, '127.0.0.1')
await once(shop, 'listening')
const { port } = shop.address() as AddressInfo

// A name below localhost, as the demo shops have them.
const webhookUrl = `http://demo.localhost:${port}/webhooks`
const child = spawn(
  process.execPath,
  [PROGRAM, '--delay-ms', '0', '--with-parent', '--webhook-url', webhookUrl],
  {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` },
  },
)
const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
const { url } = JSON.parse(line) as { url: string }
after(() => {
  child.kill('SIGKILL')
  shop.close()
  shop.closeAllConnections()
})

const options = { timeoutMs: 2000, webhookSecrets: [nextSecret, secret] }

const FAULTS = {
  'fails-before': { failsBefore: 1 },
  'fails-after': { failsAfterCharging: 1 },
  'loses-answer': { losesAnswer: 1 },
} as const

let signed = 0

const rig: Rig = {
  open: () => httpProvider({ url, ...options }),
  openAway: () => httpProvider({ url: 'http://127.0.0.1:9', ...options }),
  yes: { method: 'card' },
  no: { method: 'card-declined' },
  redirect: { method: 'card-redirect' },
  fault: async (what) => {
    const body = JSON.stringify(what === undefined ? {} : FAULTS[what])
    const answer = await fetch(`${url}/v1/faults`, { method: 'PUT', body })
    if (answer.status !== 200) throw new Error(await answer.text())
  },
  decide: async (_transactionId, page, decision) => {
    const body = new URLSearchParams({ decision })
    const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' })
    if (answer.status !== 303) throw new Error(await answer.text())
  },
  deliveries: () => deliveries,
  sign: (body, { foreign = false, at = Date.now() } = {}) => {
    signed += 1
    const id = `evt_signed_${signed}`
    const timestamp = Math.floor(at / 1000)
    const hmac = createHmac('sha256', foreign ? foreignSecret : secret)
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')
    return {
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        // While a secret is being replaced there are several.
        'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} v1a,x v1,${hmac}`,
      },
      rawBody: Buffer.from(body),
      receivedAt: at,
    }
  },
  unknownNews: JSON.stringify({ id: 'evt_1', type: 'payout.paid', data: {} }),
}

providerConformance('test provider', () => Promise.resolve(rig))
