import type { Job, Platform } from '#platform/context'

import { chasePayment } from '../commands/chase-payment.ts'
import type { Ports } from '../commands/ports.ts'

/** A payment has a timer that looks for it after a minute; this job finds those whose timer is gone. */
const AFTER_SECONDS = 180

const AT_A_TIME = 100

/**
 * Asks the provider for every payment that has been under way for long, and settles what it says
 * (PAY-11): whatever became of deliveries and timers, no attempt stays open unseen.
 */
export function reconcilePayments(
  platform: Pick<Platform, 'write' | 'ids' | 'clock' | 'log'>,
  ports: Ports,
): Job {
  return {
    name: 'checkout.reconcile-payments',
    everySeconds: 60,
    async run() {
      const before = platform.clock.now() - AFTER_SECONDS * 1000
      for (const tenant of await ports.tenants()) {
        const found = await ports.payments.unfinished(tenant, before, AT_A_TIME)
        for (const paymentId of found) {
          const key = `reconcile/${paymentId}/${platform.ids.next()}`
          const cause = { caller: 'job/reconcile', key, isFreshKey: true, fingerprint: '' }
          // One payment that cannot be settled does not keep the others from it.
          await chasePayment(platform, ports, tenant, paymentId, cause, false).catch(
            (error: unknown) =>
              platform.log.warn({ err: error, paymentId }, 'a payment was not reconciled'),
          )
        }
      }
    },
  }
}
