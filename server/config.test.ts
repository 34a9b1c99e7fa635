import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ConfigError, environmentDoc, readConfig } from './config.ts'

const SECRET = 'a secret that is quite long enough'

function problems(env: Record<string, string>, argv: string[] = []): readonly string[] {
  try {
    readConfig(env, argv)
  } catch (error) {
    assert(error instanceof ConfigError)
    return error.problems
  }
  return []
}

test('an empty environment opens the whole program on port 3000', () => {
  const config = readConfig({}, [])
  assert.equal(config.port, 3000)
  assert.deepEqual(config.roles, ['api', 'worker'])
  assert.equal(config.production, false)
  assert.equal(config.demo, true)
  assert.equal(config.fresh, false)
  assert.equal(config.databaseUrl, undefined)
  assert.match(config.dataDir, /^\/.*\/\.torg$/)
})

test('an empty variable counts as unset', () => {
  assert.equal(readConfig({ PORT: '', DATABASE_URL: ' ' }, []).port, 3000)
})

test('proxies are named by address and network, and nobody trusts everyone', () => {
  assert.deepEqual(readConfig({}, []).trustProxy, [])
  const env = { TRUST_PROXY: '10.0.0.0/8, 192.0.2.1,fd00::/8' }
  assert.deepEqual(readConfig(env, []).trustProxy, ['10.0.0.0/8', '192.0.2.1', 'fd00::/8'])
  for (const odd of ['true', '*', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy']) {
    assert.deepEqual(problems({ TRUST_PROXY: `10.0.0.1,${odd}` }), [
      `TRUST_PROXY must list addresses and networks such as 10.0.0.0/8, not "${odd}".`,
    ])
  }
})

test('every problem is listed, one sentence each', () => {
  const found = problems({ PORT: '70000', LOG_LEVEL: 'loud', WRITER_LANES: '2.5' }, ['kitchen'])
  assert.deepEqual(found, [
    'PORT must be a whole number from 0 to 65535, not "70000".',
    'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent, not "loud".',
    'WRITER_LANES must be a whole number from 1 to 16, not "2.5".',
    '"kitchen" is neither a role (api or worker) nor --fresh.',
  ])
})

test('a misspelt TORG_ variable is an error', () => {
  assert.match(problems({ TORG_SECERT: SECRET })[0] ?? '', /^TORG_SECERT is no variable/)
})

test('production wants its secret given, a given database alone does not', () => {
  const url = 'postgres://shop:hunter2@db.example/shop'
  assert.deepEqual(problems({ DATABASE_URL: url }), [], 'the secret is kept in DATA_DIR')
  assert.deepEqual(problems({ DATABASE_URL: url, TORG_SECRET: SECRET }), [])
  assert.equal(problems({ NODE_ENV: 'production' }).length, 2)
  const production = {
    NODE_ENV: 'production',
    TORG_SECRET: SECRET,
    PAYMENT_PROVIDER_URL: 'https://pay.example/',
  }
  assert.equal(readConfig(production, []).demo, false)
  assert.equal(readConfig(production, []).host, '::')
  assert.equal(readConfig(production, []).paymentProviderUrl, 'https://pay.example')
  assert.match(problems({ ...production, DEMO: 'true' })[0] ?? '', /DEMO must not be true/)
})

test('Stripe is asked with a key, at an address, and its deliveries are proven', () => {
  const stripe = { STRIPE_SECRET_KEY: 'sk_test_1', PAYMENT_PROVIDER_URL: 'https://api.stripe.com' }
  assert.match(problems(stripe)[0] ?? '', /wants PAYMENT_PROVIDER_URL and STRIPE_WEBHOOK_SECRETS/)
  const config = readConfig({ ...stripe, STRIPE_WEBHOOK_SECRETS: 'whsec_1,whsec_2' }, [])
  assert.deepEqual(config.stripeWebhookSecrets, ['whsec_1', 'whsec_2'])
  assert.equal(config.stripeSecretKey, 'sk_test_1')
})

test('a search server is named and chosen, or neither', () => {
  const url = { OPENSEARCH_URL: 'https://torg:hunter2@search.example:9200/torg' }
  const engine = { SEARCH_ENGINE: 'opensearch' }
  assert.match(problems(engine)[0] ?? '', /wants OPENSEARCH_URL/)
  assert.match(problems(url)[0] ?? '', /is for SEARCH_ENGINE=opensearch/)
  assert.deepEqual(problems({ ...engine, ...url }), [])
  assert.match(problems({ SEARCH_ENGINE: 'lucene' })[0] ?? '', /built-in or opensearch/)
  for (const path of ['/a/b', '/UPPER', '/-x']) {
    const [found = ''] = problems({ ...engine, OPENSEARCH_URL: `https://a:hunter2@b${path}` })
    assert.match(found, /must look like/)
    assert.doesNotMatch(found, /hunter2/)
  }
  assert.match(problems({ ...engine, OPENSEARCH_URL: 'search:9200' })[0] ?? '', /must look like/)
})

test('a short secret is refused and not repeated', () => {
  const [found = ''] = problems({ TORG_SECRET: 'hunter2' })
  assert.match(found, /at least 32 characters; it has 7/)
  assert.doesNotMatch(found, /hunter2/)
})

test('a wrong DATABASE_URL is refused and its password not repeated', () => {
  for (const url of [
    'mysql://a:hunter2@b/c',
    'postgres://a:hunter2@b',
    'hunter2',
    'postgres:///c',
  ]) {
    const [found = ''] = problems({ DATABASE_URL: url, TORG_SECRET: SECRET })
    assert.match(found, /^DATABASE_URL must look like/, url)
    assert.doesNotMatch(found, /hunter2/)
  }
})

test('a wrong REDIS_URL is refused and its password not repeated', () => {
  for (const url of ['redis://:hunter2@', 'http://:hunter2@b:6379', 'hunter2', 'redis://b/x']) {
    const [found = ''] = problems({ REDIS_URL: url })
    assert.match(found, /^REDIS_URL must look like/, url)
    assert.doesNotMatch(found, /hunter2/)
  }
  for (const url of ['redis://b', 'rediss://me:hunter2@b:6380/3']) {
    assert.equal(readConfig({ REDIS_URL: url }, []).redisUrl, url)
  }
})

test('--fresh never touches a given database', () => {
  const env = { DATABASE_URL: 'postgres://a:b@c/d', TORG_SECRET: SECRET }
  assert.match(problems(env, ['--fresh'])[0] ?? '', /embedded database only/)
})

test('the documentation names every variable that is read', () => {
  const doc = environmentDoc()
  for (const name of ['PORT', 'DATA_DIR', 'DATABASE_URL', 'TORG_SECRET', 'READ_CONNECTIONS']) {
    assert.match(doc, new RegExp(`^\\| \`${name}\` \\| .+ \\| .+ \\|$`, 'm'))
  }
})
