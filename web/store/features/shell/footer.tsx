import { Link } from '../../../kit/link.tsx'
import { moneyText } from '../../lib/format.ts'
import { useHere, usePaths, useTexts } from '../../lib/shop.ts'
import { Currencies } from '../../lib/currencies.tsx'
import { Languages } from '../../lib/languages.tsx'

/** What a shop has to say below every page: only what it really has. */
export function Footer() {
  const { shop, categories } = useHere()
  const paths = usePaths()
  const { shell } = useTexts()
  return (
    <footer className="foot mt-16 border-t border-line bg-card">
      <div className="mx-auto grid max-w-7xl gap-x-8 gap-y-10 px-4 py-12 sm:grid-cols-2 lg:grid-cols-[1.5fr_2fr_1fr_1fr]">
        <div className="flex flex-col gap-2">
          <p className="font-display text-lg font-extrabold">{shop.name}</p>
          {shop.look.tagline === null ? null : (
            <p className="max-w-xs text-muted">{shop.look.tagline}</p>
          )}
        </div>
        <div>
          <h2 className="mb-2 font-semibold">{shell.categories}</h2>
          <ul className="columns-2 gap-6">
            {categories.map(({ slug, name }) => (
              <FooterLink key={slug} to={paths.category(slug)}>
                {name}
              </FooterLink>
            ))}
          </ul>
        </div>
        <div>
          <h2 className="mb-2 font-semibold">{shell.account}</h2>
          <ul>
            <FooterLink to={paths.account()}>{shell.orders}</FooterLink>
            <FooterLink to={paths.wishlist()}>{shell.wishlist}</FooterLink>
            <FooterLink to={paths.cart()}>{shell.cart}</FooterLink>
            <FooterLink to={paths.register()}>{shell.register}</FooterLink>
          </ul>
        </div>
        <Delivery />
      </div>
      <div className="border-t border-line">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-x-8 gap-y-2 px-4 py-4 text-sm text-muted">
          <div className="flex flex-wrap gap-x-6">
            <Languages />
            <Currencies />
          </div>
          <a href="/docs" className="inline-flex min-h-11 items-center hover:text-accent">
            {shell.forDevelopers}
          </a>
        </div>
      </div>
    </footer>
  )
}

function FooterLink({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <li className="break-inside-avoid">
      <Link to={to} className="inline-block py-1.5 text-muted hover:text-accent">
        {children}
      </Link>
    </li>
  )
}

/** By which ways the shop delivers, and for how much. */
function Delivery() {
  const { shop, language } = useHere()
  const { shell } = useTexts()
  if (shop.delivery.length === 0) return null
  return (
    <div>
      <h2 className="mb-2 font-semibold">{shell.delivery}</h2>
      <dl className="text-muted">
        {shop.delivery.map(({ method, price }) => (
          <div key={method} className="flex items-baseline justify-between gap-4 py-1.5">
            <dt>{shell.deliveryBy[method] ?? method}</dt>
            <dd className="whitespace-nowrap text-ink">
              {price.amount === 0 ? shell.free : moneyText(price, language)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
