import { importsOf, isTest, parse, targetOf, type Import } from './source.ts'
import type { Files } from './tree.ts'

/**
 * What a file of the pages may import of ours, by where it stands. `store` is what stands beside the
 * features and puts them together: the list of pages, the root, the entries.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kit: ['kit'],
  texts: ['texts'],
  ground: ['ground'],
  lib: ['lib', 'kit', 'texts', 'ground'],
  feature: ['feature', 'lib', 'kit', 'texts', 'ground'],
  store: ['store', 'feature', 'lib', 'kit', 'texts', 'ground'],
}

/** Addresses, types of the API and what the process hands over: every part of the store stands on them. */
const GROUND = new Set(['web/store/paths.ts', 'web/store/visit.ts', 'web/store/api.d.ts'])

/** The one file of the server whose types the pages know. */
const FROM_SERVER = 'server/pages/contract.ts'

/** What a page is made of; whatever else is added here is sent to every visitor's phone. */
const PACKAGES = /^(react|react-dom|react-router)(\/.*)?$/
/** Packages that one file alone may use. */
const FOR_ONE: Readonly<Record<string, string>> = {
  'web/store/lib/api.ts': 'openapi-fetch',
  'web/store/routes.ts': '@react-router/dev/routes',
}

interface Place {
  readonly area: string
  /** The name of a feature. */
  readonly name: string
}

function placeOf(path: string): Place | undefined {
  if (path.startsWith('web/kit/')) return { area: 'kit', name: '' }
  if (!path.startsWith('web/store/')) return undefined
  if (GROUND.has(path)) return { area: 'ground', name: '' }
  const [, folder = '', name = ''] = /^web\/store\/([^/]+)\/(?:([^/]+)\/)?/.exec(path) ?? []
  if (folder === 'features') return { area: 'feature', name }
  return { area: folder === 'lib' || folder === 'texts' ? folder : 'store', name: '' }
}

/** Says, one line each, which imports of the pages cross a border they should not. */
export function webBorderViolations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (!path.startsWith('web/')) return []
    return importsOf(parse(path, text)).flatMap((each) => {
      const why = whyNot(path, each)
      return why === undefined ? [] : [`${path}:${each.line} -> ${each.to ?? '?'}: ${why}`]
    })
  })
}

function whyNot(path: string, each: Import): string | undefined {
  const here = placeOf(path)
  if (here === undefined) return 'the folders of web are kit and one for each app'
  if (each.to === undefined) return 'a computed import cannot be checked; write the name down'
  const target = targetOf(path, each.to)
  if (target === undefined) return whyNoPackage(path, each.to)
  // Types that React Router makes of a page, beside it, and styles.
  if (target.includes('/+types/') || target.endsWith('.css')) return undefined
  if (!target.startsWith('web/')) return whyNothingElse(path, target, each)
  if (!isTest(path) && isTest(target)) return 'a page does not import its tests'
  return whyNoPart(here, placeOf(target))
}

function whyNoPackage(path: string, name: string): string | undefined {
  if (isTest(path) || PACKAGES.test(name) || FOR_ONE[path] === name) return undefined
  return name.startsWith('node:')
    ? 'pages run in browsers, too'
    : 'every visitor would load this package; say in borders-web.ts why it is worth that'
}

function whyNothingElse(path: string, target: string, { typeOnly }: Import): string | undefined {
  if (isTest(path) && target.startsWith('tests/support/')) return undefined
  if (!target.startsWith('server/')) return 'pages do not import tests, tools or benches'
  if (placeOf(path)?.area === 'kit') return 'kit knows nothing of shops'
  if (target !== FROM_SERVER) return `of the server pages know ${FROM_SERVER} alone`
  return typeOnly ? undefined : 'only types of the server come to the pages'
}

function whyNoPart(here: Place, there: Place | undefined): string | undefined {
  if (there === undefined) return 'the folders of web are kit and one for each app'
  if (!(MAY_IMPORT[here.area] ?? []).includes(there.area))
    return here.area === 'kit'
      ? 'kit knows nothing of shops'
      : `${here.area} may not import ${there.area}`
  if (here.area === 'feature' && there.area === 'feature' && here.name !== there.name)
    return 'features do not import each other; what two of them need stands in lib'
  return undefined
}
