import type { Id } from './ids.ts'
import type { Actor } from './http/route.ts'

/** Whether somebody runs the shop: may see any object of it. */
export function isStaff(actor: Actor): boolean {
  return actor.kind === 'user' && actor.roles.some((role) => role === 'staff' || role === 'admin')
}

/** Whether somebody may see what belongs to a user: that user, and staff. */
export function maySeeOf(actor: Actor, userId: Id): boolean {
  return isStaff(actor) || (actor.kind === 'user' && actor.id === userId)
}
