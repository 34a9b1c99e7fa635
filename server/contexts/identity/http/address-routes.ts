import { Type } from 'typebox'

import { route, shown, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { Addresses, NewAddress } from '../contract.ts'
import { selfOf } from './self.ts'

const own = { who: 'signed-in', whose: 'own' } as const
const params = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** One line, as the checkout takes it: it goes on labels. */
const text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?!\\s*$)[^\\u0000-\\u001f\\u007f-\\u009f]+$' })
const orNull = (maxLength: number) => Type.Union([Type.String({ maxLength }), Type.Null()])

const body = Type.Object({
  name: text(200),
  phone: Type.Optional(text(32)),
  line1: text(200),
  line2: Type.Optional(text(200)),
  city: text(100),
  postalCode: Type.Optional(text(20)),
  country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' }),
  isUsual: Type.Boolean({
    description: 'The one that is offered first. The first address is; another takes its place.',
  }),
})

const view = Type.Object({
  id: Type.String(),
  name: Type.String(),
  phone: orNull(32),
  line1: Type.String(),
  line2: orNull(200),
  city: Type.String(),
  postalCode: orNull(20),
  country: Type.String(),
  isUsual: Type.Boolean(),
  createdAt: Type.String({ format: 'date-time' }),
})

const GIVEN = {
  name: 'Олена Коваль',
  phone: '+380 67 123 45 67',
  line1: 'вул. Хрещатик, 1',
  city: 'Київ',
  postalCode: '01001',
  country: 'UA',
  isUsual: true,
}

const SHOWN = {
  ...GIVEN,
  id: '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b',
  line2: null,
  createdAt: '2026-11-21T09:30:00.000Z',
}

/** The address book of who is signed in (IDN-17). */
export function addressRoutes(addresses: Addresses): readonly Route[] {
  return [
    route({
      id: 'listMyAddresses',
      method: 'GET',
      path: '/api/v1/users/me/addresses',
      tag: 'users',
      summary: 'Lists the own addresses: the usual one first, then the newest',
      description: 'At most 20.',
      access: own,
      answer: { status: 200, body: Type.Object({ items: Type.Array(view) }) },
      example: { answer: { items: [SHOWN] } },
      handle: async ({ tenant, actor }) =>
        accept({ body: { items: await addresses.list(tenant.id, selfOf(actor).userId) } }),
    }),
    route({
      id: 'keepMyAddress',
      method: 'POST',
      path: '/api/v1/users/me/addresses',
      tag: 'users',
      summary: 'Keeps an address for the next orders',
      access: own,
      idempotent: true,
      body,
      answer: { status: 201, body: view },
      refusals: ['identity.addresses-full', 'identity.address-unknown', 'identity.user-unknown'],
      example: { body: GIVEN, answer: SHOWN },
      handle: async ({ tenant, actor, body: given, cause }) => {
        const kept = await addresses.keep(
          tenant.id,
          selfOf(actor).userId,
          given as NewAddress,
          cause,
        )
        if (!kept.ok) return kept
        return accept({ body: kept.value.address, replayed: kept.value.replayed })
      },
    }),
    route({
      id: 'changeMyAddress',
      method: 'PUT',
      path: '/api/v1/users/me/addresses/{id}',
      tag: 'users',
      summary: 'Says what one of the own addresses is from now on',
      description: 'All of it at once: what is absent is empty. Orders keep the address they had.',
      access: own,
      params,
      body,
      answer: { status: 200, body: view },
      refusals: ['identity.address-unknown'],
      example: { body: GIVEN, answer: SHOWN },
      handle: async ({ tenant, actor, params: { id }, body: given, cause }) =>
        shown(
          await addresses.change(tenant.id, selfOf(actor).userId, id, given as NewAddress, cause),
        ),
    }),
    route({
      id: 'removeMyAddress',
      method: 'DELETE',
      path: '/api/v1/users/me/addresses/{id}',
      tag: 'users',
      summary: 'Removes one of the own addresses',
      access: own,
      params,
      answer: { status: 204, body: Type.Null() },
      refusals: ['identity.address-unknown'],
      handle: async ({ tenant, actor, params: { id }, cause }) =>
        shown(await addresses.remove(tenant.id, selfOf(actor).userId, id, cause)),
    }),
  ]
}
