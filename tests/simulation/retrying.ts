import type { DeadLetter } from '../../server/platform/write/memory-store.ts'
import { ask } from './asking.ts'
import type { Random } from './random.ts'
import { TENANTS } from './shops.ts'
import type { World } from './world.ts'

/** Staff take up a checkout whose timer was given up; false when it is not of a checkout. */
export function retry(world: World, { tenant, entry }: DeadLetter, random: Random): boolean {
  const { data } = entry as { data?: { orderId?: string; paymentId?: string } }
  const { payments } = world.invariants.model
  const orderId = data?.orderId ?? payments.get(data?.paymentId ?? '')?.orderId
  const shop = TENANTS.find(({ id }) => id === tenant)
  if (orderId === undefined || shop === undefined) return false
  world.say(() => `staff take up ${world.nick(orderId)}`)
  const again = async (): Promise<void> => {
    const reply = await ask(world, random, {
      step: 'request',
      whose: 'staff',
      operation: 'retryCheckout',
      tenant: shop,
      actor: { kind: 'user', id: '00000000-0000-4000-9000-000000000900', roles: ['admin'] },
      caller: 'user/00000000-0000-4000-9000-000000000900',
      key: undefined,
      params: { orderId },
      body: {},
      headers: {},
    })
    if (reply.is === 'lost')
      world.scheduler.add(1000, 'staff: again', undefined, () => void again())
  }
  void again()
  return true
}
