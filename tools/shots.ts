/**
 * `npm run shots`: every page of both shops as people see it, on a phone, a tablet and a desk, light and
 * dark, into `build/shots`; with `pictures` the six of the README into docs/pictures instead.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import sharp from 'sharp'

import { DEMO_PASSWORD } from '../server/demo/users.ts'
import { goesToReview, isThanked, orders } from '../tests/browser/buying.ts'
import { type Guest, Visits, type VisitOptions } from '../tests/browser/visits.ts'
import { startTestCluster } from '../tests/support/cluster.ts'

process.chdir(join(import.meta.dirname, '..'))

const SIZES = ['phone', 'tablet', 'desktop'] as const
const SCHEMES = ['light', 'dark'] as const
const SHOPS = ['demo', 'second'] as const

/** Where each shop is shown: a list with much in it. */
const CATEGORIES = { demo: 'running-shoes', second: 'trail-shoes' } as const

/** The parts of an account beside its orders. */
const OWN = ['returns', 'profile', 'email', 'addresses', 'reviews', 'sessions', 'password'] as const

/** Everything that is everybody’s, then a purchase, then an account: the name of each page when it is there. */
async function* walk(guest: Guest): AsyncGenerator<string, void, void> {
  const { visitor, page, main, paths, shop, words } = guest
  const at = async (name: string, path: string): Promise<string> => {
    await visitor.open(path)
    return name
  }
  yield at('home', paths.home())
  yield at('search', paths.search())
  yield at('nothing-found', paths.search('qqqzzzxxx'))
  await page.goto(paths.product('there-is-no-such-thing'))
  yield 'not-found'
  visitor.isContent(/404/)
  yield at('cart-empty', paths.cart())
  yield at('category', paths.category(CATEGORIES[shop]))
  const path = await main.getByRole('article').first().getByRole('link').getAttribute('href')
  yield at('product', path ?? '')
  await main.locator('button[aria-pressed]').first().click()
  await main.getByRole('button', { name: words.productPage.add }).click()
  await main.getByRole('link', { name: words.productPage.toCart }).waitFor()
  yield at('cart', paths.cart())
  yield at('wishlist', paths.wishlist())
  yield at('checkout-contact', paths.checkout('contact'))
  await goesToReview(guest)
  for (const step of ['address', 'delivery', 'payment', 'review'] as const) {
    yield at(`checkout-${step}`, paths.checkout(step))
  }
  await orders(guest)
  await isThanked(guest)
  yield 'order'
  yield at('return', `${new URL(page.url()).pathname}/return`)
  yield at('sign-in', paths.signIn())
  yield at('register', paths.register())
  yield at('forgot', paths.forgot())
  await signIn(guest)
  yield at('account', paths.account())
  for (const part of OWN) yield at(`account-${part}`, paths.account(part))
  yield at('account-address', paths.address('new'))
}

async function signIn({ visitor, page, main, paths, words: { account } }: Guest): Promise<void> {
  await visitor.open(paths.signIn())
  await main.getByLabel(account.email, { exact: true }).fill('shopper@demo.test')
  await main.getByLabel(account.password, { exact: true }).fill(DEMO_PASSWORD)
  await main.getByRole('button', { name: account.enter, exact: true }).click()
  await page.waitForURL(/account/)
}

/** What is further down is loaded only when somebody comes near: here that is never. */
async function seesAll({ page }: Guest): Promise<void> {
  await page.evaluate(`Promise.all([...document.images].map((each) => {
    each.loading = 'eager'
    return each.decode().catch(() => undefined)
  }))`)
}

async function takeAll(visits: Visits, folder: string): Promise<number> {
  await rm(folder, { recursive: true, force: true })
  const looks = SHOPS.flatMap((shop) =>
    SIZES.flatMap((size) => SCHEMES.map((scheme) => ({ shop, size, scheme }))),
  )
  let count = 0
  for (const look of looks) {
    const { shop, size, scheme } = look
    const here = join(folder, shop)
    await mkdir(here, { recursive: true })
    await visits.visit(look, async (guest) => {
      for await (const name of walk(guest)) {
        await seesAll(guest)
        const path = join(here, `${name}-${size}-${scheme}.png`)
        await guest.page.screenshot({ path, fullPage: true })
        count += 1
      }
    })
    console.log(`  · ${shop}, ${size}, ${scheme}`)
  }
  return count
}

/** Those of the README: what a shop is, in six looks. */
const PICTURES: readonly (VisitOptions & { readonly name: string; readonly page: string })[] = [
  { name: 'home', page: 'home', shop: 'demo', size: 'desktop', language: 'en' },
  { name: 'second-shop', page: 'home', shop: 'second', size: 'desktop', scheme: 'dark' },
  { name: 'category', page: 'category', shop: 'demo', size: 'desktop', scheme: 'dark' },
  { name: 'product', page: 'product', shop: 'demo', size: 'phone', language: 'en' },
  { name: 'cart', page: 'cart', shop: 'second', size: 'phone', scheme: 'dark' },
  { name: 'order', page: 'order', shop: 'demo', size: 'phone', language: 'uk' },
]

async function takePictures(visits: Visits, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  for (const { name, page: wanted, ...look } of PICTURES) {
    await visits.visit(look, async (guest) => {
      for await (const taken of walk(guest)) {
        if (taken !== wanted) continue
        await guest.page.evaluate('scrollTo(0, 0)')
        await guest.page.waitForLoadState('networkidle')
        const whole = await guest.page.screenshot()
        // Phones stand side by side in the README. A palette is enough, and a fifth of the bytes.
        const width = look.size === 'phone' ? 270 : 820
        const small = sharp(whole).resize({ width }).png({ palette: true, colors: 128, effort: 10 })
        await small.toFile(join(folder, `${name}.png`))
        break
      }
    })
  }
  return PICTURES.length
}

const cluster = await startTestCluster()
process.env['TEST_DATABASE_URL'] = cluster.url
try {
  await using visits = await Visits.begin()
  const isForReadme = process.argv[2] === 'pictures'
  const folder = isForReadme ? join('docs', 'pictures') : join('build', 'shots')
  const count = await (isForReadme ? takePictures : takeAll)(visits, folder)
  console.log(`  ✓ ${count} pictures in ${folder}`)
} finally {
  await cluster.stop()
}
