/** What an operation must answer: derived from its declaration of access and nothing else. */
import type { Access } from '../../server/platform/http/route.ts'
import { OWNED, type Kind } from './kinds.ts'
import type { Person } from './people.ts'

/** Which object a request names in one place, and what is shown with it. */
export type Whose =
  /** No place of this operation is asked about. */
  | 'none'
  /** The asker's own. */
  | 'self'
  /** A guest's, by its id alone, and with what opens it. */
  | 'guest'
  | 'guest, key shown'
  /** Another user's. */
  | 'bystander'
  | 'bystander, key shown'
  /** Another user's, with what opens something else, and with what opens nothing. */
  | 'bystander, wrong key'
  | 'bystander, empty key'
  /** Of the shop, where things have no owner. */
  | 'ours'
  | 'other shop'
  | 'other shop, key shown'
  | 'missing'
  | 'malformed'

/**
 * `nothing` is what is answered when there is no such thing; `unsigned` when nobody has signed;
 * `opens` is anything that shows the operation was reached.
 */
export type Expected =
  | 'token-invalid'
  | 'sign-in-first'
  | 'forbidden'
  | 'malformed'
  | 'nothing'
  | 'unsigned'
  | 'opens'

export function expected(access: Access, person: Person, kind: Kind, whose: Whose): Expected {
  if (person.is === 'invalid') return 'token-invalid'
  const admitted = admission(access, person)
  if (admitted !== undefined) return admitted
  if (whose === 'malformed') return 'malformed'
  if (whose === 'missing' || whose.startsWith('other shop')) return 'nothing'
  if (access.by === 'signature') return 'unsigned'
  if (whose === 'none' || whose === 'ours' || whose === 'self') return 'opens'
  if (!(OWNED as readonly Kind[]).includes(kind)) return 'opens'
  return mayReach(access, person, whose) ? 'opens' : 'nothing'
}

function admission({ who }: Access, { is }: Person): 'sign-in-first' | 'forbidden' | undefined {
  if (who === 'anyone') return undefined
  if (is === 'guest') return 'sign-in-first'
  if (who === 'signed-in' || is === 'invalid') return undefined
  return is.roles.some((role) => who.includes(role)) ? undefined : 'forbidden'
}

/** What belongs to somebody, who is not the asker. */
function mayReach({ whose, by, besides }: Access, { is }: Person, object: Whose): boolean {
  if (whose === 'public' || whose === 'shop') return true
  if (typeof is === 'object' && is.roles.some((role) => besides?.includes(role) === true)) {
    return true
  }
  if (whose === 'own') return false
  return by === 'id' ? object.startsWith('guest') : object.endsWith('key shown')
}
