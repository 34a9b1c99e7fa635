import { PURE_PLATFORM } from './borders.ts'
import { isTest, lineAt, parse, visit } from './source.ts'
import type { Files } from './tree.ts'

/** Layers of a context that decide: everything they know is handed to them. */
const DECIDING =
  /^server\/contexts\/[^/]+\/(contract|accounts|domain|words|commands|projections)(\/|\.)/
const CONTEXT = /^server\/contexts\//

const PLATFORM = /^server\/platform\//

/** The time, chance, waiting and the machine, as they are reached for by name. */
const TIME_AND_CHANCE = [
  'Date',
  'Date.now',
  'new Date()',
  'Math.random',
  'performance.*',
  'crypto.*',
  'Temporal.Now',
  'process.hrtime',
]
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']
const WAITING = [...TIMERS, 'node:timers', 'AbortSignal.timeout', 'process.nextTick']
const OUTSIDE = ['fetch', 'console.*', 'process.*', 'globalThis.*']
/** What only the platform's own `clock`, `ids`, `waiting` and `chance` may do. */
const OWN = [...TIME_AND_CHANCE, ...WAITING, 'globalThis.*']

/** Objects whose members are taken apart: `const { random } = Math`. */
const TAKEN_APART = new Set(['Date', 'Math', 'performance', 'crypto', 'process', 'globalThis'])

/**
 * Where a rule does not hold, and why. A line here is a decision: a simulation cannot replay what
 * these places do unless it hands them the clock, the chance or the wire.
 */
export const ALLOWED: Readonly<Record<string, string>> = {
  'server/contexts/media/adapters/studio-main.ts':
    'a program of its own: ends when nothing was to be done for a minute',
  'server/platform/auth/new-secret.ts': 'makes secrets, which must be unguessable',
  'server/platform/data-dir.ts': 'makes the secret of an installation once',
  'server/platform/database-clock.ts':
    'the real clock: counts on between two words of the database',
  'server/platform/db/backup-ages.ts': 'backups: their age is told by the machine’s clock',
  'server/platform/db/backup-base.ts': 'backups: follow processes of the system and files',
  'server/platform/db/backup-keeper.ts': 'backups: their age is told by the machine’s clock',
  'server/platform/db/backup-restore.ts': 'backups: starts a PostgreSQL and waits for it',
  'server/platform/db/embedded.ts': 'the embedded PostgreSQL: waits for a process of the system',
  'server/platform/db/migrate.ts': 'waits for a database that starts, before anything is served',
  'server/platform/db/postgres-cluster.ts': 'the embedded PostgreSQL: makes its password',
  'server/platform/db/postgres-process.ts': 'the embedded PostgreSQL: hands it PATH, waits for it',
  'server/platform/db/roles.ts':
    'makes roles at the start: salts, and a pause where two start at once',
  'server/platform/http/page.ts': 'a nonce for the policy of a page, which must be unguessable',
  'server/platform/http/platform-routes.ts': 'a readiness check has a second of real time',
  'server/platform/http/closing.ts': 'sockets: hangs up on them when the process ends',
  'server/platform/http/sockets.ts': 'sockets: numbers the answer to what never becomes a request',
  'server/platform/http/web-socket.ts': 'sockets: waits for pages to hang up when the process ends',
  'server/platform/ids.ts': 'the real ids, which must be unguessable',
  'server/platform/progress.ts': 'shows a person how long the start takes',
  'server/platform/run.ts': 'the life of the process: signals, exit code, memory',
  'server/platform/surroundings.ts': 'the life of the process: waits for the programs it starts',
  'server/platform/telemetry/log.ts': 'stamps the lines of the log with the machine’s time',
  'server/platform/waiting.ts': 'the real waiting and the real chance',
  'server/test-provider/main.ts': 'a program of its own: its secret comes by its environment',
}

/**
 * Code that tells the time, rolls dice, waits or reads the environment by itself (requirement R2): a
 * pure file may do none of it; other code of contexts and platform is handed the platform’s `clock`,
 * `ids`, `chance` and `waiting`; the environment is read once, by the process, for `config.ts`.
 */
export function purityViolations(files: Files, allowed = ALLOWED): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    path in allowed ? [] : violationsIn(path, text),
  )
}

function violationsIn(path: string, text: string): string[] {
  if (isTest(path) || !path.startsWith('server/')) return []
  const banned = bannedIn(path)
  return uses(path, text)
    .filter(({ name }) => banned.some((each) => matches(each, name)))
    .map(({ name, line }) => `${path}:${line}: ${name} ${reason(path)}`)
}

/** Allowed places that no longer exist, or no longer need it: the list shrinks with the code. */
export function staleAllowances(files: Files, allowed = ALLOWED): string[] {
  return Object.keys(allowed).flatMap((path) => {
    const text = files[path]
    if (text === undefined) return [`${path} is allowed impurity but is not there`]
    return violationsIn(path, text).length > 0 ? [] : [`${path} is allowed impurity but has none`]
  })
}

function isDeciding(path: string): boolean {
  return PURE_PLATFORM.includes(path) || DECIDING.test(path)
}

function bannedIn(path: string): readonly string[] {
  if (isDeciding(path)) return [...TIME_AND_CHANCE, ...WAITING, ...OUTSIDE]
  if (CONTEXT.test(path)) return [...OWN, 'console.*', 'process.env']
  if (PLATFORM.test(path)) return [...OWN, 'process.env']
  return ['process.env']
}

function reason(path: string): string {
  if (isDeciding(path)) return 'makes this code unrepeatable; take it as a parameter'
  return CONTEXT.test(path) || PLATFORM.test(path)
    ? 'is the platform’s; use its clock, ids, chance, waiting and config'
    : 'is the process’s; what it says is handed on as config'
}

function matches(banned: string, name: string): boolean {
  return banned.endsWith('.*') ? name.startsWith(banned.slice(0, -1)) : name === banned
}

interface Use {
  readonly name: string
  readonly line: number
}

/** Global names and members of global names a file uses: `Date.now`, `setTimeout`, `new Date()`. */
function uses(path: string, text: string): Use[] {
  const source = parse(path, text)
  const found: Use[] = []
  const add = (name: string, start: number): void => {
    found.push({ name, line: lineAt(text, start) })
  }

  visit(source, {
    MemberExpression: ({ object, property, start }) => {
      const member =
        property.type === 'Identifier'
          ? property.name
          : property.type === 'Literal'
            ? String(property.value)
            : '?'
      if (object.type === 'Identifier') add(`${object.name}.${member}`, start)
    },
    NewExpression: ({ callee, arguments: args, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && args.length === 0)
        add('new Date()', start)
    },
    CallExpression: ({ callee, arguments: args, start }) => {
      if (callee.type === 'Identifier') add(callee.name, start)
      // `promisify(setTimeout)` waits as well.
      for (const each of args)
        if (each.type === 'Identifier' && TIMERS.includes(each.name)) add(each.name, start)
    },
    VariableDeclarator: ({ id, init, start }) => {
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') return
      if (!TAKEN_APART.has(init.name)) return
      for (const each of id.properties)
        if (each.type === 'Property' && each.key.type === 'Identifier')
          add(`${init.name}.${each.key.name}`, start)
    },
    ImportDeclaration: ({ source: from, specifiers, start }) => {
      // `import { randomUUID } from 'node:crypto'` is chance by another name.
      if (from.value === 'node:crypto')
        for (const each of specifiers)
          if (each.type === 'ImportSpecifier' && each.imported.type === 'Identifier')
            if (/^random|^webcrypto$/.test(each.imported.name))
              add(`crypto.${each.imported.name}`, start)
      if (/^(node:)?timers/.test(from.value)) add('node:timers', start)
      if (/^(node:)?perf_hooks/.test(from.value)) add('performance.now', start)
      if (/^(node:)?process/.test(from.value)) add('process.env', start)
    },
  })
  return found
}
