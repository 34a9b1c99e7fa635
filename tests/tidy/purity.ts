import { PURE_PLATFORM } from './borders.ts'
import { isTest, lineAt, parse, visit } from './source.ts'
import type { Files } from './tree.ts'

/** Layers of a context that decide: everything they know is handed to them. */
const DECIDING = /^server\/contexts\/[^/]+\/(contract|accounts|domain|commands|projections)(\/|\.)/
const CONTEXT = /^server\/contexts\//

/** The time, chance and the machine, as they are reached for by name. */
const TIME_AND_CHANCE = ['Date.now', 'Math.random', 'performance.now', 'crypto.*', 'Temporal.Now']
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']
const OUTSIDE = ['fetch', 'console.*', 'process.*', 'globalThis.*']

/**
 * Where a rule does not hold, and why. A line here is a decision: a simulation cannot replay what
 * these places do unless it hands them the clock, the chance or the wire.
 */
export const ALLOWED: Readonly<Record<string, string>> = {
  'server/config.ts': 'the one registry of environment variables',
  'server/main.ts': 'the program: it reads its arguments and ends the process',
  'server/platform/db/postgres-process.ts': 'hands PATH, and nothing else, to the server it starts',
  'server/platform/run.ts': 'the life of the process: signals, exit code, memory',
  'server/test-provider/main.ts': 'a program of its own: its secret comes by its environment',
}

/**
 * Code that tells the time, rolls dice or reads the environment by itself (requirement R2): a pure
 * file may not; a context may not tell time or roll dice; only `config.ts` reads the environment.
 */
export function purityViolations(files: Files, allowed = ALLOWED): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (isTest(path) || !path.startsWith('server/') || path in allowed) return []
    const banned = bannedIn(path)
    return uses(path, text)
      .filter(({ name }) => banned.some((each) => matches(each, name)))
      .map(({ name, line }) => `${path}:${line}: ${name} ${reason(path)}`)
  })
}

/** Allowed places that no longer exist: the list shrinks with the code. */
export function staleAllowances(files: Files, allowed = ALLOWED): string[] {
  return Object.keys(allowed)
    .filter((path) => !(path in files))
    .map((path) => `${path} is allowed impurity but is not there`)
}

function bannedIn(path: string): readonly string[] {
  if (PURE_PLATFORM.includes(path) || DECIDING.test(path))
    return [...TIME_AND_CHANCE, 'new Date()', ...TIMERS, ...OUTSIDE]
  if (CONTEXT.test(path)) return [...TIME_AND_CHANCE, 'new Date()', 'console.*', 'process.env']
  return ['process.env']
}

function reason(path: string): string {
  if (PURE_PLATFORM.includes(path) || DECIDING.test(path))
    return 'makes this code unrepeatable; take it as a parameter'
  return CONTEXT.test(path)
    ? 'is the platform’s; use its clock, ids and config'
    : 'is read in server/config.ts only'
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
    CallExpression: ({ callee, start }) => {
      if (callee.type === 'Identifier') add(callee.name, start)
    },
    ImportDeclaration: ({ source: from, specifiers, start }) => {
      // `import { randomUUID } from 'node:crypto'` is chance by another name.
      if (from.value === 'node:crypto')
        for (const each of specifiers)
          if (each.type === 'ImportSpecifier' && each.imported.type === 'Identifier')
            if (/^random|^webcrypto$/.test(each.imported.name))
              add(`crypto.${each.imported.name}`, start)
      if (/^node:(timers|perf_hooks|process)/.test(from.value)) {
        add(from.value.includes('process') ? 'process.env' : 'performance.now', start)
      }
    },
  })
  return found
}
