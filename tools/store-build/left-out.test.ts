import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { CHANGED, lightened } from './left-out.ts'

const ROUTER = join(import.meta.dirname, '../../node_modules/react-router/dist/production')
const sourceOf = (name: string): string => readFileSync(join(ROUTER, name), 'utf8')

for (const name of CHANGED) {
  test(`what is left out of ${name} is still there to be left out`, () => {
    assert.notEqual(lightened(name, sourceOf(name)), sourceOf(name))
  })

  test(`a router that says something else in ${name} stops the build`, () => {
    // Every function by another name, and one export more.
    const other = sourceOf(name)
      .replaceAll(/function \w+/g, 'function another')
      .replaceAll(/localSsrInfo|serverHandoffStream/g, 'another')
      .replace(/^export \{/m, 'export { another,')
    assert.throws(() => lightened(name, other), /now\.$|any more\.$/)
  })
}

test('a component of the router that no page uses can be dropped: making it does nothing else', () => {
  const code = lightened('lib/dom/lib.js', sourceOf('lib/dom/lib.js'))
  assert.match(code, /^const NavLink = \/\* @__PURE__ \*\/ React\$1\.forwardRef\(/m)
  assert.doesNotMatch(code, /^\w+\.displayName = /m)
})
