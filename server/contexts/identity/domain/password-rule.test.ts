import assert from 'node:assert/strict'
import { test } from 'node:test'

import { COMMON } from './common-words.ts'
import { passwordFor, type PasswordContext } from './password-rule.ts'

function check(password: string, why: RegExp | undefined, context: Partial<PasswordContext> = {}) {
  const outcome = passwordFor(password, { isProduction: false, names: [], ...context })
  const refused = outcome.ok ? '' : 'why' in outcome.refusal ? outcome.refusal.why : '?'
  if (why === undefined) assert.equal(refused, '', password)
  else assert.match(refused, why, password)
}

test('a password has 12 to 128 characters, one of them special', () => {
  check('Short-pass1', /fewer than 12/)
  check('elevenchr-!', /fewer than 12/)
  check('ninetwelve-!', undefined)
  check('NoSpecialCharacters2026', /no special/)
  check('Довгийпарольбезнічого', /no special/)
  check('a space counts as one', undefined)
  check(`${'long-Enough!'.repeat(10)}12345678`, undefined)
  check(`${'long-Enough!'.repeat(10)}123456789`, /more than 128/)
  check('👩‍🚀'.repeat(3) + '-abcdefx', undefined)
})

test('letters of all scripts are letters, and one text is one password however it is typed', () => {
  check('Молоко-та-мед-7', undefined)
  const composed = passwordFor('Zoë-rides-far-1', { isProduction: false, names: [] })
  const decomposed = passwordFor('Zoe\u0308-rides-far-1', { isProduction: false, names: [] })
  assert.deepEqual(composed, decomposed)
})

test('what is tried first is refused, however decorated', () => {
  for (const password of [
    'Password1234!',
    'password-2026',
    'P@ssw0rd2026!',
    '!!!Password!!!',
    'Qwerty123456!',
    'qwertyuiop-123',
    '1234567890-123',
    '123-456-789-012',
    'abcdefghijkl!',
    'aaaaaaaaaaaa!',
    'abababababab!',
    '!!!!!!!!!!!!',
    'Welcome12345!',
    'letmein-123456',
    'Admin-1234567',
    'Administrator!1',
    'Пароль-123456!',
    'йцукен-1234567',
    'I l0ve y0u 2026',
    'Torgsport-2026!',
    'Manchester-United1',
    'correct horse battery staple',
  ]) {
    check(password, /tried first/)
  }
})

test('names of the shop and of the person are refused likewise', () => {
  const names = ['Torg Sport', 'demo-shop', 'olena.k', 'olena.kovalenko@example.test']
  check('TorgSport-2026', /tried first/, { names })
  check('Demo-shop-2026!', /tried first/, { names })
  check('Olena.Kovalenko1', undefined, { names })
  check('olena.kovalenko@example.test', /tried first/, { names })
})

test('a good password is taken', () => {
  for (const password of [
    'Str0ng-Passw0rd!',
    'Test-password-42!',
    'kayak over the dam 9',
    'Correct-horse-9!x',
    'Tr0ub4dor&3-again',
    'xK9#mQ2$vL5&nP8*',
    'Зелений чайник біжить',
    'my dog eats 3 shoes',
  ]) {
    check(password, undefined)
  }
})

test('the password of the demo opens nothing in production', () => {
  check('Demo-pass-2026!', undefined)
  check('Demo-pass-2026!', /demo/, { isProduction: true })
})

test('the list has a few hundred words, each of which stops a password', () => {
  assert(COMMON.size >= 300)
  for (const word of COMMON) check(`${word}-20261121-!!`, /tried first/)
})
