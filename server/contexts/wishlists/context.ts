import type { Offers } from '#context/catalog'
import type { Context, Platform } from '#platform/context'

import { addWish, mergeWishes, removeWish } from './commands/change-wishlist.ts'
import type { WishlistCommands } from './contract.ts'
import { problems } from './http/problems.ts'
import { wishlistRoutes } from './http/routes.ts'
import { wishlistQueries } from './queries/wishes.ts'

export function openWishlists(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  { offers }: { readonly offers: Offers },
): { readonly context: Context } {
  const commands: WishlistCommands = {
    add: addWish({ write, offers }),
    merge: mergeWishes({ write, offers }),
    remove: removeWish({ write }),
  }
  const routes = wishlistRoutes(commands, wishlistQueries({ reads }))
  return { context: { name: 'wishlists', routes, problems } }
}
