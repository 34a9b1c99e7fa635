import type { RouterContextProvider } from 'react-router'

import type { paths } from '../api.d.ts'
import { visitContext } from '../visit.ts'
import { apiOf } from './api.ts'

type Listed =
  paths['/api/v1/users/me/addresses']['get']['responses'][200]['content']['application/json']

/** An address that is kept for the next orders. */
export type Address = Listed['items'][number]

/** The API keeps no more. */
export const MOST_ADDRESSES = 20

/** The addresses of who is signed in, the usual one first; a guest has none. */
export async function addressesOf(
  context: Readonly<RouterContextProvider>,
): Promise<readonly Address[]> {
  const { accessToken } = context.get(visitContext).session.read()
  if (accessToken === undefined) return []
  const { data } = await apiOf(context).GET('/api/v1/users/me/addresses')
  return data?.items ?? []
}

/** As it is written on a parcel, line by line; `country` is its name in the language of the page. */
export function linesOf(
  address: Pick<Address, 'line1' | 'line2' | 'city' | 'postalCode'>,
  country: string,
): readonly string[] {
  const joined = (...parts: (string | null)[]) => parts.filter((each) => each).join(', ')
  return [
    joined(address.line1, address.line2),
    joined(address.city, address.postalCode),
    country,
  ].filter((line) => line !== '')
}

/** What a country is called; its code where the language has no word for it. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code
}

/** What tells two places apart, whoever is there. */
export type Place = Readonly<
  Partial<Record<'country' | 'city' | 'line1' | 'line2' | 'postalCode', string | null | undefined>>
>

/** Whether two addresses are one place: what is not said is empty, and blanks around it say nothing. */
export function isSamePlace(one: Place, other: Place): boolean {
  const parts = ['country', 'city', 'line1', 'line2', 'postalCode'] as const
  return parts.every((part) => (one[part] ?? '').trim() === (other[part] ?? '').trim())
}
