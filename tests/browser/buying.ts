/** The way from a product to an order, step by step, as any buyer goes it. */
import { anyOf } from './words.ts'
import type { Guest } from './visits.ts'

export const BUYER = {
  phone: '+380 67 123 45 67',
  email: 'olena@example.test',
  name: 'Олена Коваль',
  city: 'Київ',
  line1: 'Хрещатик, 1',
}

/** Opens a product's page and puts it in the cart. */
export async function putsInCart(guest: Guest, slug: string): Promise<void> {
  const { visitor, main, paths, words } = guest
  await visitor.open(paths.product(slug))
  await main.getByRole('button', { name: words.productPage.add }).click()
  await main.getByRole('link', { name: words.productPage.toCart }).waitFor()
}

export type Payment = 'card' | 'card-redirect' | 'card-slow' | 'card-declined'

interface Terms {
  readonly delivery?: 'post' | 'courier' | 'pickup'
  readonly payment?: Payment
}

/** From the cart to the last step, in which everything stands before it is ordered. */
export async function goesToReview(guest: Guest, terms: Terms = {}): Promise<void> {
  const { visitor, page, paths } = guest
  await visitor.open(paths.checkout('contact'))
  await fillsContact(guest)
  await fillsAddress(guest)
  await chooses(guest, 'delivery', terms.delivery ?? 'post')
  await page.waitForURL(/payment$/)
  await chooses(guest, 'payment', terms.payment ?? 'card')
  await page.waitForURL(/review$/)
}

export async function fillsContact({ page, main, words: { checkout } }: Guest): Promise<void> {
  await main.getByLabel(checkout.phone).fill(BUYER.phone)
  await main.getByLabel(checkout.email).fill(BUYER.email)
  await main.getByLabel(checkout.name).fill(BUYER.name)
  await main.getByRole('button', { name: checkout.next }).click()
  await page.waitForURL(/address$/)
}

export async function fillsAddress({ page, main, words: { checkout } }: Guest): Promise<void> {
  await main.getByLabel(checkout.city).fill(BUYER.city)
  await main.getByLabel(checkout.line1).fill(BUYER.line1)
  await main.getByRole('button', { name: checkout.next }).click()
  await page.waitForURL(/delivery$/)
}

export async function chooses(
  { main, words: { checkout } }: Guest,
  name: 'delivery' | 'payment',
  value: string,
): Promise<void> {
  await main.locator(`input[name=${name}][value=${value}]`).check()
  await main.getByRole('button', { name: checkout.next }).click()
}

/** Presses the button that orders; what comes then is the order's page. */
export async function orders({ page, main, words: { checkout } }: Guest): Promise<string> {
  await main.getByRole('button', { name: anyOf(checkout.place) }).click()
  await page.waitForURL(/\/orders\/[^?]+$/)
  return orderAt(page.url())
}

export async function isThanked({ main, words }: Guest): Promise<void> {
  await main.getByRole('heading', { name: words.orders.thanks }).waitFor()
}

/** The id of the order whose page it is. */
export function orderAt(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}
