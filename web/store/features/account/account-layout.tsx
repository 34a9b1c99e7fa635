import { Form, Outlet, useLocation } from 'react-router'

import { Link } from '../../../kit/link.tsx'
import { Submit } from '../../../kit/submit.tsx'
import { apiOf } from '../../lib/api.ts'
import { usePaths } from '../../lib/shop.ts'
import type { Paths } from '../../paths.ts'
import type { Route } from './+types/account-layout.ts'
import { needPerson, ownFound } from './person.ts'
import { useAccountTexts } from '../../lib/texts/account.ts'

export async function loader({ context, url }: Route.LoaderArgs) {
  needPerson(context, url)
  const me = ownFound(await apiOf(context).GET('/api/v1/users/me'), context, url)
  return { name: me.username }
}

const PARTS = [
  'orders',
  'returns',
  'wishlist',
  'profile',
  'addresses',
  'reviews',
  'sessions',
  'password',
] as const

/** The wishlist is everybody's, with an account or without; the orders are where one arrives. */
function pathTo(part: (typeof PARTS)[number], paths: Paths): string {
  if (part === 'wishlist') return paths.wishlist()
  return paths.account(part === 'orders' ? '' : part)
}

/** One's own pages, side by side with the way between them. */
export default function AccountLayout({ loaderData: { name } }: Route.ComponentProps) {
  const texts = useAccountTexts()
  const paths = usePaths()
  const { pathname } = useLocation()
  // What is edited within a part is still that part; its first page is no part of the others.
  const isAt = (path: string, isWhole: boolean) =>
    pathname === path || (!isWhole && pathname.startsWith(`${path}/`))
  return (
    <main
      id="content"
      className="mx-auto grid w-full max-w-7xl flex-1 content-start gap-x-10 gap-y-6 px-4 py-8 lg:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <p className="font-display text-xl font-bold break-words lg:col-span-2">
        {texts.hello(name)}
      </p>
      <div className="min-w-0">
        <nav aria-label={texts.partsLabel} className="-mx-4 overflow-x-auto px-4 lg:mx-0 lg:px-0">
          <ul className="flex gap-1 lg:flex-col">
            {PARTS.map((part) => (
              <li key={part}>
                <Link
                  to={pathTo(part, paths)}
                  aria-current={isAt(pathTo(part, paths), part === 'orders') ? 'page' : undefined}
                  className="flex min-h-11 items-center rounded-card border border-transparent px-3 whitespace-nowrap text-muted hover:text-accent aria-[current=page]:border-line aria-[current=page]:bg-card aria-[current=page]:font-semibold aria-[current=page]:text-ink"
                >
                  {texts.parts[part]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Form method="post" action={paths.signOut()} className="mt-2 hidden lg:block">
          <Submit className="button-quiet text-muted">{texts.signOut}</Submit>
        </Form>
      </div>
      <div className="min-w-0">
        <Outlet />
      </div>
      <Form method="post" action={paths.signOut()} className="border-t border-line pt-4 lg:hidden">
        <Submit className="button-quiet text-muted">{texts.signOut}</Submit>
      </Form>
    </main>
  )
}
