import type { Media } from '#context/media'
import type { Platform } from '#platform/context'
import type { Known } from '#platform/known'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { Look, LookRefusal, Looks, ShownLook } from '../contract.ts'
import { looks, wornBy } from '../domain/look.ts'
import { lookTable } from '../store/looks.ts'

/** All of a look at once: colors that were checked one by one could not be read together. */
export function setLook(
  { write }: Pick<Platform, 'write'>,
  { pictures }: Pick<Media, 'pictures'>,
  known: Known<ShownLook>,
): Looks['set'] {
  return async (tenant, given, cause) => {
    const worn = wornBy(tenant, given)
    if (!worn.ok) return worn
    const look: Look = worn.value
    const { asset } = look.logo
    if (asset !== null && !(await pictures(tenant.id, [asset])).has(asset)) {
      return refuse({ code: 'tenants.logo-unknown' })
    }
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { look: stream(looks, 'shop') },
      decide: () =>
        accept({
          append: { look: [{ type: 'tenants.look-set', look }] },
          rows: [{ table: lookTable, verb: 'upsert', row: { look } }],
          answer: null,
        }),
    })
    known.forget(tenant.id)
    // What the writer refuses is of its own: a key that was used for something else.
    if (!outcome.ok) return outcome as Outcome<ShownLook, LookRefusal>
    return accept(await known.of(tenant.id))
  }
}
