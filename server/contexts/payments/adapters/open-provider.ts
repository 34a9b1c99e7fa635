import type { Platform } from '#platform/context'
import { onDemand } from '#platform/on-demand'

import type { PaymentProvider, ProviderBooks } from '../provider.ts'
import { httpProvider } from './http-provider.ts'
import type * as Stripe from './stripe-provider.ts'

/**
 * The provider this deployment was told of: Stripe when there is a key for it, else one that speaks
 * as the test provider does and signs with a secret derived from ours (decision 0011).
 */
export function openProvider(
  { config, secrets }: Pick<Platform, 'config' | 'secrets'>,
  url: string,
): PaymentProvider & ProviderBooks {
  const { stripeSecretKey, stripeWebhookSecrets: webhookSecrets } = config
  if (stripeSecretKey !== undefined) {
    const { stripeProvider } = onDemand<typeof Stripe>(import.meta.url, './stripe-provider.ts')
    const { hostname: host, port, protocol } = new URL(url)
    const isSecure = protocol === 'https:'
    return stripeProvider({
      secretKey: stripeSecretKey,
      webhookSecrets,
      at: {
        host,
        port: port === '' ? (isSecure ? 443 : 80) : Number(port),
        protocol: isSecure ? 'https' : 'http',
      },
    })
  }
  const { current, previous } = secrets.derive('payment-webhooks')
  return httpProvider({
    url,
    webhookSecrets: previous === undefined ? [current] : [current, previous],
  })
}
