/** One of the two shops that the step tests interrupt at once, and what its scenes are made of. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

import type { Answer, Client } from '../support/client.ts'
import type { Shop } from '../support/shop.ts'
import { signed } from '../journeys/deliveries.ts'
import { A, good, type Journey, type Json, type ShopName, TERMS } from '../journeys/journey.ts'

/** A request that may be sent again and again: it is the same one each time. */
export interface Sending {
  readonly by: Client
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly key?: string
  /** Of its answer, however often it is sent. */
  readonly status: number
  /** It has no key: sent again it sets the same again. */
  readonly isSetting?: boolean
}

/** What is there before a step, and how the step is begun. */
export interface Scene {
  /** The client's request; absent where no client can make the step. */
  readonly send?: Sending
  /** Begins the step without a client: its timer is due, or what it follows from happens. */
  readonly alone?: () => Promise<unknown>
  /** Names of what the process is about, as its timers have them. */
  readonly ids: readonly string[]
  /** The stream of the step's first event, where others of its type may come at any time. */
  readonly stream?: string
}

/** The process that is killed, and one that is not. */
export interface Ways {
  readonly journey: Journey
  readonly elsewhere: Journey
}

let keys = 0

export class Side {
  readonly name: ShopName
  readonly tenant: number
  readonly warehouses: readonly [string, string]
  readonly guest: Client
  readonly staff: Client
  readonly journey: Journey
  /** By way of a process that is not killed and has no worker. */
  readonly elsewhere: Journey
  readonly asStaff: { readonly in: ShopName; readonly as: string }

  private constructor(
    { journey, elsewhere }: Ways,
    name: ShopName,
    tenant: number,
    staffToken: string,
  ) {
    this.journey = journey
    this.name = name
    this.tenant = tenant
    this.warehouses = name === 'demo' ? ['kyiv', 'lviv'] : ['vilnius', 'kaunas']
    this.elsewhere = elsewhere
    this.asStaff = { in: name, as: staffToken }
    this.guest = journey.shop.client(name)
    this.staff = this.guest.with({ authorization: `Bearer ${staffToken}` })
  }

  static async of(ways: Ways, name: ShopName): Promise<Side> {
    const [found] = await ways.journey.shop.query<{ id: number }>(
      'select id from tenants.shops where slug = $1',
      [name],
    )
    assert(found !== undefined)
    return new Side(ways, name, found.id, await ways.journey.token('admin', name))
  }

  get shop(): Shop {
    return this.journey.shop
  }

  /** Somebody who was never here before. */
  async aUser() {
    const [email, password] = [`${randomUUID()}@example.test`, 'kayak over the dam 9!']
    const user = { email, username: 'olena', password, birthDate: '1994-05-17' }
    good(await this.journey.post(`${A}/users/register`, user, { in: this.name }), 201)
    const { accessToken } = await this.journey.signIn(email, password, this.name)
    return {
      ask: { in: this.name, as: accessToken as string },
      client: this.guest.with({ authorization: `Bearer ${accessToken}` }),
    }
  }

  /** A request under a key of its own. */
  sending(
    by: Client,
    method: Sending['method'],
    path: string,
    body?: unknown,
    rest: Partial<Sending> = {},
  ): Sending {
    const key = `${this.name}-${(keys += 1)}`
    return { by, method, path: A + path, body, key, status: 200, ...rest }
  }

  async aSku(units = 1): Promise<string> {
    return (await this.journey.aProduct(units, this.name)).sku
  }

  async aProduct(units = 1): Promise<Json> {
    return this.journey.aProduct(units, this.name)
  }

  /** A guest's order, placed; paid in this way. */
  async anOrder(paymentMethod = 'card', given?: string): Promise<Json> {
    const sku = given ?? (await this.aSku())
    const cartId = await this.journey.aCart(sku, 1, { in: this.name })
    const body = { cartId, ...TERMS, paymentMethod }
    return { ...good(await this.journey.post(`${A}/orders`, body, { in: this.name }), 201), sku }
  }

  /** The request that pays it. */
  paying(order: Json, rest: Partial<Sending> = {}): Sending {
    const headers = { 'x-order-token': order.token }
    return this.sending(this.guest, 'POST', `/payments/${order.paymentId}/process`, undefined, {
      headers,
      ...rest,
    })
  }

  async paid(paymentMethod = 'card'): Promise<Json> {
    const order = await this.anOrder(paymentMethod)
    good(await this.once(this.paying(order)))
    return order
  }

  /** As `send`, once and whoever is there. */
  once({ by, method, path, body, headers, key }: Sending): Promise<Answer<Json>> {
    return by.ask(method, path, { body, ...only({ headers, key }) })
  }

  /** As a good client: until it is answered. */
  again({ by, method, path, body, headers, key }: Sending): Promise<Answer<Json>> {
    return by.persist(method, path, { body, ...only({ headers, key }) })
  }

  /** A delivery of the provider, the same however often it is made. */
  delivery(body: string): Sending {
    return {
      by: this.guest,
      method: 'POST',
      path: `${A}/payments/webhooks/test`,
      body,
      headers: {
        'content-type': 'application/json',
        ...signed(body, { id: `msg_${randomUUID()}` }),
      },
      status: 200,
    }
  }

  /**
   * Lets every timer that is named after one of these be due; returns how many. One that a commit
   * at the gate is about to clear is passed over: waiting for it would wait for this very test.
   */
  async hurry(ids: readonly string[], kind = '%'): Promise<number> {
    const rows = await this.shop.query(
      `with named as (
         select tenant_id, id from platform.timers
         where tenant_id = $1 and kind like $3
           and array[split_part(id, '/', 2), data ->> 'orderId', data ->> 'paymentId'] && $2::text[]
         for update skip locked)
       update platform.timers t set due_at = least(due_at, now()),
         set_for = case when kind = 'cart.expire' then least(set_for, now()) else set_for end
       from named where t.tenant_id = named.tenant_id and t.id = named.id returning t.id`,
      [this.tenant, ids, kind],
    )
    return rows.length
  }
}

function only<T extends object>(given: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
