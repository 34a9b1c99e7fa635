/** What the provider tells: late, twice, in any order, tried again a few times, or never. */
import type { News } from '../../server/test-provider/charges.ts'
import { ask, type Asked } from './asking.ts'
import { bodyOf } from './provider.ts'
import { Random } from './random.ts'
import { TENANTS } from './shops.ts'
import type { World } from './world.ts'

/** A delivery that is not answered is made again so often. */
const TRIES = 4

/** Of 1, how many news are never told at all. */
const NEVER_TOLD = 0.15

export class Webhooks {
  private readonly world: World
  private readonly random: Random

  constructor(world: World) {
    this.world = world
    this.random = new Random(world.seed, 'webhooks')
  }

  tell(news: News): void {
    const { world, random } = this
    const isLost = random.isLucky(world.faults.rates.failed > 0 ? NEVER_TOLD : 0)
    const pause = 1 + random.next() * random.pick([10, 10, 2000, 120_000])
    if (isLost) {
      world.faults.table.count('failed', 'webhook')
      return world.say(() => `the provider's news ${news.type} is lost`)
    }
    this.later(news, pause, 1)
  }

  private later(news: News, ms: number, attempt: number): void {
    const work = (): void => void this.deliver(news, attempt)
    this.world.scheduler.add(ms, 'provider: delivers', undefined, work)
  }

  private async deliver(news: News, attempt: number): Promise<void> {
    const { world, random } = this
    const { reference } = news.charge
    const tenant = world.invariants.tenantOfPayment(reference)
    const shop = TENANTS.find(({ id }) => id === tenant)
    if (shop === undefined) return
    world.say(() => `the provider delivers ${news.type} of ${world.nick(reference)}`)
    const asked: Asked = {
      step: 'webhook',
      whose: 'provider',
      operation: 'hearPaymentProvider',
      tenant: shop,
      actor: { kind: 'guest' },
      caller: 'guest/provider',
      key: undefined,
      params: { provider: 'test' },
      body: {},
      headers: { 'webhook-id': news.id },
      rawBody: bodyOf(news),
    }
    const reply = await ask(world, random, asked)
    if (reply.is === 'done' || attempt === TRIES) return
    this.later(news, 5000 * 4 ** attempt * (0.5 + random.next()), attempt + 1)
  }
}
