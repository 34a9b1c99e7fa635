import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import {
  dependencyViolations,
  lockViolations,
  type Lockfile,
  type Manifest,
} from './dependencies.ts'
import { root } from './tree.ts'

test('dependencies are few, exact, hashed, licensed and explained', () => {
  const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
  const manifest = JSON.parse(read('package.json')) as Manifest
  const lock = JSON.parse(read('package-lock.json')) as Lockfile
  assert.ok(Object.keys(lock.packages).length > 50, 'the lockfile was read')
  assert.deepEqual(dependencyViolations(manifest, lock, read('docs/decisions/dependencies.md')), [])
  const apart = JSON.parse(read('tools/api-client/package-lock.json')) as Lockfile
  assert.deepEqual(lockViolations(apart), [])
})

const good = {
  version: '8.23.1',
  resolved: 'https://registry.npmjs.org/pg/-/pg-8.23.1.tgz',
  integrity: 'sha512-abc',
  license: 'MIT',
}
const record = '| Package | For |\n| --- | --- |\n| `pg` | the database |\n'

function check(
  change: { version?: string; locked?: object; record?: string; more?: Lockfile['packages'] },
  expected: RegExp | 'fine',
): void {
  const [first = 'fine'] = dependencyViolations(
    { dependencies: { pg: change.version ?? '8.23.1' } },
    {
      lockfileVersion: 3,
      packages: { '': {}, 'node_modules/pg': { ...good, ...change.locked }, ...change.more },
    },
    change.record ?? record,
  )
  if (expected === 'fine') assert.equal(first, 'fine')
  else assert.match(first, expected)
}

test('each rule of the supply chain is seen to bite', () => {
  check({}, 'fine')
  check({ version: '^8.23.1' }, /no exact version/)
  check({ version: 'github:a/b' }, /no exact version/)
  check({ record: '' }, /say in docs\/decisions\/dependencies.md/)
  check({ record: `${record}| \`left-pad\` | padding |\n` }, /but not in package.json/)
  check({ locked: { integrity: undefined } }, /no sha512 integrity/)
  check({ locked: { integrity: undefined, inBundle: true } }, 'fine')
  check({ locked: { integrity: 'sha1-abc' } }, /no sha512 integrity/)
  check({ locked: { resolved: 'https://example.test/pg.tgz' } }, /is not from/)
  check({ locked: { resolved: 'git+ssh://git@github.com/a/b.git' } }, /is not from/)
  check({ locked: { resolved: undefined } }, 'fine')
  check({ locked: { resolved: undefined, version: undefined } }, /has no version/)
  check({ locked: { license: 'GPL-3.0' } }, /not on the list/)
  check({ locked: { license: undefined } }, /states no license/)
  check({ locked: { license: '(GPL-3.0 OR MIT)' } }, 'fine')
  check({ locked: { license: 'GPL-3.0 AND MIT' } }, /not on the list/)
  check({ locked: { license: 'MPL-2.0' } }, /not on the list/)
  check({ locked: { license: 'MPL-2.0', dev: true } }, 'fine')
  check({ locked: { license: 'OFL-1.1' } }, /not on the list/)
  const font = { ...good, license: 'OFL-1.1' }
  check({ more: { 'node_modules/@fontsource-variable/rubik': font } }, 'fine')
  check({ locked: { link: true } }, /is a link/)

  const many = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`node_modules/p${at}`, good]),
  )
  check({ more: many }, /201 packages at run time/)
  const elsewhere = Object.fromEntries(
    Object.entries(many).map(([path, locked]) => [path, { ...locked, os: ['darwin'] }]),
  )
  check({ more: elsewhere }, 'fine')
  const dependencies = Object.fromEntries(
    Array.from({ length: 33 }, (_, at) => [`p${at}`, '1.0.0']),
  )
  const lines = Object.keys(dependencies)
    .map((name) => `| \`${name}\` | x |`)
    .join('\n')
  assert.match(
    dependencyViolations({ dependencies }, { lockfileVersion: 3, packages: {} }, lines)[0] ?? '',
    /33 direct dependencies/,
  )
  assert.match(
    dependencyViolations({}, { lockfileVersion: 2, packages: {} }, '')[0] ?? '',
    /not of version 3/,
  )
})
