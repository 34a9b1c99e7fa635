/** What follows from a declaration of access, for the gate and for the start. */
import type { Access, Actor, Role, Route } from './route.ts'

/** The code of the refusal for who may not call; undefined for who may. */
export function admission(access: Access): (actor: Actor) => string | undefined {
  const { who } = access
  if (who === 'anyone') return () => undefined
  const roles: ReadonlySet<Role> | undefined = who === 'signed-in' ? undefined : new Set(who)
  return (actor) => {
    if (actor.kind === 'guest') return 'auth.required'
    if (roles === undefined || actor.roles.some((role) => roles.has(role))) return undefined
    return 'auth.forbidden'
  }
}

/**
 * Takes from an actor the roles that the declaration does not name: what a handler does for staff it
 * does for nobody else, and only where the declaration says so.
 */
export function blinkers({ who, besides = [] }: Access): (actor: Actor) => Actor {
  const named = new Set<Role>([...(typeof who === 'string' ? [] : who), ...besides])
  return (actor) => {
    if (actor.kind === 'guest' || actor.roles.every((role) => named.has(role))) return actor
    return { ...actor, roles: actor.roles.filter((role) => named.has(role)) }
  }
}

/** Why a declaration of access is none, or contradicts itself or its route; undefined when it is sound. */
export function faultOfAccess(route: Route): string | undefined {
  const access = route.access as Access | undefined
  if (access?.who === undefined || access.whose === undefined) {
    return 'says nothing of who may call it, so it does not start'
  }
  const { who, whose, by, besides } = access
  const hasRoles = typeof who !== 'string'
  if (hasRoles && who.length === 0) return 'may be called by nobody'
  if (whose === 'shop' && !hasRoles)
    return 'opens every object of the shop to no role in particular'
  if (whose === 'own' && who === 'anyone')
    return 'is about the own objects of people without a name'
  if ((whose === 'bearer') !== (by !== undefined))
    return 'must say what has to be shown, if anything'
  if (besides !== undefined && whose === 'shop') return 'opens every object to all who may call it'
  if (by === 'order-token' && route.headers?.['X-Order-Token'] === undefined) {
    return 'wants the token of an order and does not document where'
  }
  return undefined
}
