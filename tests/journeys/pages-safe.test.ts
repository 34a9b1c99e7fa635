/** What pages give away, believe and mix up: nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import { crowd } from '../support/crowd.ts'
import { A, eventually, good, Journey, type Answer, type Ask, type ShopName } from './journey.ts'
import { attributes, jsonLdOf, titleOf } from './html.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const HTML = { accept: 'text/html' }

/** Somebody with a browser: what it was told to keep it shows again. */
class Visitor {
  readonly shop: ShopName
  cookie = ''

  constructor(shop: ShopName) {
    this.shop = shop
  }

  async get(path: string, headers: Ask['headers'] = {}): Promise<Answer> {
    return this.#keep(await journey.get(path, this.#ask(headers)))
  }

  async send(path: string, form: Record<string, string>, headers: Ask['headers'] = {}) {
    const body = new URLSearchParams(form).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const ask = { ...this.#ask({ ...type, ...headers }), body }
    return this.#keep(await journey.call('POST', path, ask))
  }

  async signIn(email: string): Promise<Answer> {
    return this.send('/sign-in', { email, password: DEMO_PASSWORD })
  }

  #ask(headers: Ask['headers']): Ask {
    const cookie = this.cookie === '' ? {} : { cookie: this.cookie }
    return { in: this.shop, headers: { ...HTML, ...cookie, ...headers } }
  }

  #keep(answer: Answer): Answer {
    const [set] = answer.headers['set-cookie'] ?? []
    if (set !== undefined) this.cookie = set.split(';')[0] ?? ''
    return answer
  }
}

const PAGES = ['/', '/en/search?q=a', '/cart', '/sign-in', '/register', '/forgot', '/no/such/page']

test('every page runs our own files alone, and no style or script that came with a text', async () => {
  const { items } = good(await journey.get(`${A}/products?limit=1`))
  for (const path of [...PAGES, `/p/${items[0].slug}`, '/p/%zz', '/offline']) {
    const { headers, text } = await journey.get(path, { headers: HTML })
    const policy = String(headers['content-security-policy'])
    assert.doesNotMatch(
      policy,
      /unsafe|\*|https?:|data:(?!;| *;|$)(?<!img-src 'self' data:|img-src data:)/,
      path,
    )
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(policy, /base-uri 'none'/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.doesNotMatch(text, /\sstyle="|\son\w+="|javascript:/i, path)
  }
})

test('the session is a cookie of this very host that no script reads, and nothing of it is in a page', async () => {
  const visitor = new Visitor('demo')
  const answer = await visitor.signIn('shopper@demo.test')
  const [cookie = '', ...others] = answer.headers['set-cookie'] ?? []
  assert.deepEqual(others, [])
  assert.match(cookie, /^__Host-torg=[\w-]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Lax$/)
  for (const path of [
    '/account',
    '/account/profile',
    '/account/sessions',
    '/cart',
    '/',
    '/own.data',
  ]) {
    const { status, text, headers } = await visitor.get(path)
    assert.equal(status, 200, path)
    assert.doesNotMatch(text, /eyJ[\w-]{10,}\.|accessToken|refreshToken|orderTokens/, path)
    assert.ok(!text.includes(visitor.cookie.slice('__Host-torg='.length)), path)
    if (path !== '/') assert.equal(headers['cache-control'], 'private, no-store', path)
  }
})

test('a form of another site does nothing, and is told so in the language of the shop', async () => {
  const { sku } = await journey.aProduct(5)
  const form = { intent: 'add', sku, quantity: '1' }
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    // Shops under one domain are one site to browsers, and strangers to each other.
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]
  for (const headers of foreign) {
    const visitor = new Visitor('demo')
    for (const path of ['/cart', '/cart/later', '/sign-in', '/sign-out', '/checkout/keep']) {
      const answer = await visitor.send(path, form, headers)
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`)
      assert.equal(answer.headers['set-cookie'], undefined)
      assert.match(titleOf(answer.text), /з іншого сайту/)
    }
  }
  const own = await new Visitor('demo').send('/cart', form, { 'sec-fetch-site': 'same-origin' })
  assert.equal(own.status, 303)
})

test('whoever comes between others sees their own name, cart, language and shop, and no one else’s', async () => {
  const shops = ['demo', 'second'] as const
  const people = await Promise.all(
    shops.flatMap((shop) =>
      ['shopper', 'admin', 'warehouse', null].map(async (name) => {
        const visitor = new Visitor(shop)
        if (name !== null) await visitor.signIn(`${name}@demo.test`)
        const { sku } = await journey.aProduct(9, shop)
        const added = await visitor.send('/cart', { intent: 'add', sku, quantity: '2' })
        assert.equal(added.status, 303, `${shop} ${name}`)
        return { visitor, name, sku, shop }
      }),
    ),
  )
  const titles = { demo: 'Torg Sport', second: 'Gintaro Trail' }
  const languages = {
    demo: { '': 'uk', '/ru': 'ru', '/en': 'en' },
    second: await languagesOf('second'),
  }
  // So many at once that each is answered between parts of others.
  await crowd(people.length * 60, 24, async (number) => {
    const who = number % people.length
    const n = Math.floor(number / people.length)
    const { visitor, name, sku, shop } = people[who]!
    const prefixes = Object.entries(languages[shop])
    const [prefix = '', language] = prefixes[(n + who) % prefixes.length] ?? []
    const own = { cookie: visitor.cookie }
    if (n % 3 === 0) {
      const said = await journey.get(`${prefix}/own`, { in: shop, headers: own })
      assert.equal(said.body.name, name)
      const lines = said.body.cart.lines as readonly { readonly sku: string }[]
      assert.deepEqual(
        lines.map((each) => each.sku),
        [sku],
      )
      return
    }
    const path = n % 3 === 1 ? `${prefix}/cart` : `${prefix}/`
    const { text, status } = await journey.get(path, { in: shop, headers: { ...HTML, ...own } })
    assert.equal(status, 200)
    assert.equal(attributes(text, 'html').lang, language)
    assert.ok(titleOf(text).includes(titles[shop]), `${path}: ${titleOf(text)}`)
    assert.ok(!text.includes(titles[shop === 'demo' ? 'second' : 'demo']))
    // The front page shows what is new, to everybody.
    if (n % 3 === 2) return
    const others = people.filter((each) => each.sku !== sku)
    for (const other of others) assert.ok(!text.includes(other.sku), `${path} shows ${other.sku}`)
    assert.ok(text.includes(sku))
  })
})

async function languagesOf(shop: ShopName): Promise<Record<string, string>> {
  const { text } = await journey.get('/', { in: shop, headers: HTML })
  const found = [...text.matchAll(/rel="alternate" href="([^"]*)" hrefLang="(\w+)"/g)]
  return Object.fromEntries(
    found.map(([, href = '', tag = '']) => [new URL(href).pathname.replace(/\/$/, ''), tag]),
  )
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '[x](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '<!--<script>\u2028{{7*7}}${7*7}',
]

test('what merchants and buyers write is text wherever it is shown', async () => {
  const as = await journey.token('admin')
  for (const hostile of HOSTILE) {
    const made = await journey.aProduct(1)
    const words = { uk: hostile, ru: hostile, en: hostile }
    const change = { name: words, description: words, seo: { title: words, description: words } }
    good(await journey.patch(`${A}/products/${made.id}`, change, { as }))
    const path = `/en/p/${made.slug}`
    const { text } = await eventually(
      () => journey.get(path, { headers: HTML }),
      (answer) => answer.status === 200 && !titleOf(answer.text).startsWith('Ball'),
    )
    assert.equal(titleOf(text), hostile)
    assert.equal(jsonLdOf(text)[0].name, hostile)
    const body = text.replace(/<script[\s\S]*?<\/script>/g, '')
    assert.doesNotMatch(body, /<img src=x|<svg onload|<script/i)
    assert.doesNotMatch(text, /<script>alert|href="javascript:|src="https:\/\/evil/i)
  }
})

test('nobody is sent to another site, whatever an address or a form says', async () => {
  const targets = [
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/%09/evil.example',
  ]
  const tricks = [
    ...targets,
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/e.example',
  ]
  for (const to of tricks) {
    const visitor = new Visitor('demo')
    const path = `/sign-in?to=${encodeURIComponent(to)}`
    const answer = await visitor.send(path, {
      email: 'shopper@demo.test',
      password: DEMO_PASSWORD,
      to,
    })
    assert.equal(Math.floor(answer.status / 100), 3, answer.text.slice(0, 300))
    assertStays(answer)
  }
  const paths = [
    '//evil.example/en',
    '//evil.example/cart/..',
    '/%2e%2e//evil.example',
    '/en//evil.example',
  ]
  for (const path of [...paths, '/\\evil.example', '/.//evil.example', '//evil.example/%2e%2e']) {
    const answer = await journey.get(path, { headers: HTML })
    assertStays(answer)
    assert.doesNotMatch(answer.text, /(?:href|src|action|content)="(?:https?:)?\/\/evil/, path)
  }
})

function assertStays({ headers }: Answer): void {
  const to = headers['location']
  if (to === undefined) return
  assert.equal(new URL(to, 'http://demo.localhost').host.split(':')[0], 'demo.localhost', to)
  assert.doesNotMatch(to, /[\r\n\t\\]/)
}

test('an address writes no header', async () => {
  const evil = '%0d%0aset-cookie:%20evil=1%0d%0a'
  for (const path of [`/checkout?${evil}`, `/account?x=${evil}`, `/p/${evil}`, `/en${evil}`]) {
    const { headers } = await journey.get(path, { headers: HTML })
    assert.doesNotMatch(String(headers['set-cookie'] ?? ''), /evil/)
    assert.doesNotMatch(String(headers['location'] ?? ''), /[\r\n]/)
  }
})

test('what one visitor claims of host, address or language is not in the page that others get', async () => {
  const lies = [
    { 'x-forwarded-host': 'mallory.example' },
    { 'x-forwarded-proto': 'gopher' },
    { forwarded: 'host=mallory.example;proto=https' },
    { 'x-original-url': '/mallory', 'x-rewrite-url': '/mallory' },
    { 'accept-language': 'de-EVIL, en;q=0.1' },
    { 'x-forwarded-prefix': '/mallory', 'x-http-method-override': 'DELETE' },
  ]
  const path = '/?seen=once'
  for (const lie of lies) {
    const told = await journey.get(path, { headers: { ...HTML, ...lie } })
    const after = await journey.get(path, { headers: HTML })
    for (const { text, status } of [told, after]) {
      assert.equal(status, 200)
      assert.doesNotMatch(text, /mallory|gopher/i)
      assert.equal(attributes(text, 'html').lang, 'uk')
    }
    assert.equal(told.text, after.text)
  }
  // Whoever asks by a name that is no shop's gets no shop.
  const stranger = await journey.get('/', { headers: { ...HTML, host: 'mallory.example' } })
  assert.equal(titleOf(stranger.text), 'No shop at this address')
})

test('a page in another currency is given to who chose it alone, and to nobody what the shop does not sell in', async () => {
  const asked = async (cookie: string) => {
    const headers = cookie === '' ? HTML : { ...HTML, cookie }
    const { text } = await journey.get('/c/running-shoes', { headers })
    return [
      .../price">(?:<span class="text-bad">)?(?:від )?[\d\s,]+(\S)</g[Symbol.matchAll](text),
    ].map(([, sign]) => sign)
  }
  const NAME = '__Host-torg-currency'
  for (const round of ['made', 'kept']) {
    const signs: Readonly<Record<string, string>> = {
      [`${NAME}=EUR`]: '€',
      '': '₴',
      [`a=b; ${NAME}=EUR; c=d`]: '€',
      [`${NAME}=UAH`]: '₴',
      [`${NAME}=USD`]: '₴',
      [`${NAME}=EUR"onload`]: '₴',
      [`x${NAME}=EUR`]: '₴',
    }
    for (const [cookie, sign] of Object.entries(signs)) {
      const found = await asked(cookie)
      assert(found.length > 5, `${round}: prices on the page`)
      assert.deepEqual([...new Set(found)], [sign], `${round}: ${cookie}`)
    }
  }
  const wrong = new Visitor('demo')
  const { status, headers } = await wrong.send('/currency', {
    currency: 'USD',
    to: '//evil.example',
  })
  assert.equal(status, 303)
  assert.equal(headers.location, '/')
  assert.equal(wrong.cookie, '')
})

test('a cookie that nobody here made is nobody’s, and one that is too large is refused', async () => {
  const values = ['x', 'A'.repeat(3_000), '__proto__', '%00%ff', '{"accessToken":"x"}', '=;=;=']
  for (const value of values) {
    const headers = { ...HTML, cookie: `__Host-torg=${value}; __Host-torg=${value}` }
    const { status, text } = await journey.get('/cart', { headers })
    assert.equal(status, 200, value.slice(0, 20))
    assert.ok(titleOf(text).includes('Torg Sport'))
  }
  const flood = await journey.get('/cart', {
    headers: { ...HTML, cookie: `a=${'x'.repeat(20_000)}` },
  })
  assert.equal(flood.status, 431)
})
