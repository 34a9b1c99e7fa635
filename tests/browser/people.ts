/** People with an account, and how they come by one. */
import type { Guest } from './visits.ts'

export const PASSWORD = 'hedgehogs run at night!'

/** An address nobody has. */
export const anEmail = () => `${crypto.randomUUID().slice(0, 8)}@example.test`

/** Makes an account, by the page for it. */
export async function registers(guest: Guest, email: string): Promise<void> {
  const {
    visitor,
    main,
    page,
    paths,
    words: { account },
  } = guest
  await visitor.open(paths.register())
  await main.getByLabel(account.email, { exact: true }).fill(email)
  await main.getByLabel(account.name, { exact: true }).fill('Оксана')
  await main.getByLabel(account.birthDate).fill('1990-02-28')
  await main.getByLabel(account.password, { exact: true }).fill(PASSWORD)
  await main.getByRole('button', { name: account.register }).click()
  await page.waitForURL(/account/)
}

/** Fills in the form of who has an account. */
export async function signsIn(guest: Guest, email: string, password: string): Promise<void> {
  const {
    main,
    words: { account },
  } = guest
  await main.getByLabel(account.email, { exact: true }).fill(email)
  await main.getByLabel(account.password, { exact: true }).fill(password)
  await main.getByRole('button', { name: account.enter, exact: true }).click()
}
