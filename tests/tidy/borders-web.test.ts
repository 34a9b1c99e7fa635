import assert from 'node:assert/strict'
import { test } from 'node:test'

import { webBorderViolations } from './borders-web.ts'
import { readSources } from './tree.ts'

test('no import of the pages crosses a border', () => {
  const files = readSources()
  const pages = Object.keys(files).filter((path) => path.startsWith('web/'))
  assert.ok(pages.filter((path) => path.endsWith('.tsx')).length > 40, 'the pages were read')
  assert.deepEqual(webBorderViolations(files), [])
})

/** Each rule is seen to bite. */
function check(path: string, line: string, expected: RegExp | 'fine'): void {
  const [first = 'fine'] = webBorderViolations({ [path]: line })
  if (expected === 'fine') assert.equal(first, 'fine', line)
  else assert.match(first, expected, line)
}

const inKit = 'web/kit/field.tsx'
const inFeature = 'web/store/features/cart/cart-page.tsx'
const inLib = 'web/store/lib/format.ts'

test('kit knows nothing of shops', () => {
  check(inKit, `import { useId } from 'react'`, 'fine')
  check(inKit, `import { Notice } from './notice.tsx'`, 'fine')
  check(inKit, `import { useTexts } from '../store/lib/shop.ts'`, /knows nothing of shops/)
  check(inKit, `import { en } from '../store/texts/en.ts'`, /knows nothing of shops/)
  check(inKit, `import type { Visit } from '../../server/pages/contract.ts'`, /nothing of shops/)
  check('web/counter/a.ts', `import 'react'`, /folders of web/)
})

test('features do not import each other', () => {
  check(inFeature, `import { CartLine } from './cart-line.tsx'`, 'fine')
  check(inFeature, `import { Field } from '../../../kit/field.tsx'`, 'fine')
  check(inFeature, `import { pathsFor } from '../../paths.ts'`, 'fine')
  check(inFeature, `import type { Route } from './+types/cart-page.ts'`, 'fine')
  check(inFeature, `import { Row } from '../account/order-row.tsx'`, /do not import each other/)
  check(inFeature, `import type { R } from '../account/said.ts'`, /do not import each other/)
  check(inFeature, `const it = import('../account/said.ts')`, /do not import each other/)
  check(inFeature, `import { links } from '../../root.tsx'`, /feature may not import store/)
  check('web/store/root.tsx', `import { Fault } from './features/shell/fault.tsx'`, 'fine')
})

test('what features share knows no feature', () => {
  check(inLib, `import type { Texts } from '../texts/index.ts'`, 'fine')
  check(inLib, `import { Clock } from '../features/cart/clock.tsx'`, /lib may not import feature/)
  check('web/store/texts/en.ts', `import { money } from '../lib/format.ts'`, /texts may not import/)
  check('web/store/paths.ts', `import { money } from './lib/format.ts'`, /ground may not import/)
})

test('of the server pages know the types of one contract', () => {
  check(inLib, `import type { Visit } from '../../../server/pages/contract.ts'`, 'fine')
  check(inLib, `import { a } from '../../../server/pages/contract.ts'`, /only types/)
  check(inLib, `import type { a } from '../../../server/pages/pages.ts'`, /contract.ts alone/)
  check(inLib, `import type { Money } from '#platform/money'`, /contract.ts alone/)
  check(inLib, `import type { Order } from '#context/orders'`, /contract.ts alone/)
  check(inLib, `import { x } from '../../../tools/x.ts'`, /do not import tests, tools/)
})

test('a package is no visitor’s burden unawares', () => {
  check(inLib, `import { renderToString } from 'react-dom/server'`, 'fine')
  check(inLib, `import _ from 'lodash'`, /every visitor would load/)
  check(inLib, `import createClient from 'openapi-fetch'`, /every visitor would load/)
  check('web/store/lib/api.ts', `import createClient from 'openapi-fetch'`, 'fine')
  check(inLib, `import { readFileSync } from 'node:fs'`, /run in browsers/)
  check('web/store/lib/format.test.ts', `import { test } from 'node:test'`, 'fine')
  check(inLib, 'await import(`../texts/${it}.ts`)', /computed import/)
  check(inLib, `import { a } from './format.testing.ts'`, /does not import its tests/)
})
