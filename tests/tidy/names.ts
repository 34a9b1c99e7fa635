import { posix } from 'node:path'

import { isTest, lineAt, parse, visit, type Source } from './source.ts'
import type { Files } from './tree.ts'

/** Words that say nothing about what a thing is (STYLE.md section 6). */
const EMPTY_WORDS = /(?:^|[a-z0-9])(Manager|Helpers?|Utils?|Utilities|Impl)(?=$|[A-Z0-9])/

/** Words of the glossary in a sense it bans: the word, and what is said instead. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/^reserv(e|ation)s?$/, 'hold (units) or booking (a seat)'],
  [/^(basket|trolley)s?$/, 'cart'],
  [/^(purchases?|purchasing)$/, 'order'],
  [/^catalogues?$/, 'catalog'],
  [/^(canceled|canceling|cancelations?)$/, 'cancelled, cancelling, cancellation'],
  [/^shops?ids?$/, 'tenant'],
  [/^merchants?$/, 'tenant in code, shop on screen'],
]

const FILE_NAME =
  /^[a-z0-9]+(-[a-z0-9]+)*(\.(db|testing|e2e|d|client|server|config))?(\.test)?\.(ts|tsx|js|mjs|json|sql)$/

/** Files that others find by their default export: tools of the build, and React Router. */
const DEFAULT_EXPORTS = /^(\w[\w-]*\.config\.ts|web\/\w+\/(root|routes|entry\.\w+)\.tsx?)$/

/** File names and exported names that break the house's rules of naming, one line each. */
export function nameViolations(files: Files): string[] {
  const pages = pagesOf(files)
  return Object.entries(files).flatMap(([path, text]) => [
    ...fileNameViolations(path),
    ...exportViolations(parse(path, text), pages.has(path) || DEFAULT_EXPORTS.test(path)),
  ])
}

/** The pages of every app: the files that its list of routes names. */
function pagesOf(files: Files): ReadonlySet<string> {
  return new Set(
    Object.entries(files).flatMap(([path, text]) => {
      const [, app] = /^(web\/\w+)\/routes\.ts$/.exec(path) ?? []
      if (app === undefined) return []
      return [...text.matchAll(/'(features\/[^']+)'/g)].map(([, page]) => `${app}/${page}`)
    }),
  )
}

function fileNameViolations(path: string): string[] {
  const name = posix.basename(path)
  const found: string[] = []
  if (!FILE_NAME.test(name)) found.push(`${path}: file names are kebab-case`)
  const stem = name.split('.')[0] ?? ''
  const pascal = stem
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
  return [...found, ...wordViolations(pascal).map((why) => `${path}: ${why}`)]
}

/** Default exports, `export *`, and names that hide what they name. */
function exportViolations(source: Source, isFoundByDefault: boolean): string[] {
  const found: string[] = []
  const blame = (start: number, why: string): void => {
    found.push(`${source.path}:${lineAt(source.text, start)}: ${why}`)
  }

  visit(source, {
    ExportDefaultDeclaration: (node) => {
      if (!isFoundByDefault) blame(node.start, 'exports have names; no default export')
    },
    ExportAllDeclaration: (node) => blame(node.start, 'no barrels; no export *'),
  })

  for (const { name, start, isInterface } of exportedNames(source)) {
    for (const why of wordViolations(name)) blame(start, `${name}: ${why}`)
    if (isInterface && /^I[A-Z][a-z]/.test(name)) blame(start, `${name}: no I… for interfaces`)
    if (/^(Abstract|Base)[A-Z]/.test(name)) blame(start, `${name}: say what it is, not its rank`)
  }
  return found
}

interface Exported {
  readonly name: string
  readonly start: number
  readonly isInterface: boolean
}

/** Names a file exports by declaration or by `export { … }`. */
function exportedNames(source: Source): Exported[] {
  const found: Exported[] = []
  const add = (name: string, start: number, isInterface = false): void => {
    found.push({ name, start, isInterface })
  }

  for (const node of source.program.body) {
    if (node.type !== 'ExportNamedDeclaration') continue
    const { declaration } = node
    for (const each of node.specifiers)
      if (each.exported.type === 'Identifier') add(each.exported.name, each.start)
    if (declaration === null) continue
    if (declaration.type === 'VariableDeclaration') {
      for (const { id } of declaration.declarations)
        if (id.type === 'Identifier') add(id.name, node.start)
    } else if ('id' in declaration && declaration.id?.type === 'Identifier') {
      add(declaration.id.name, node.start, declaration.type === 'TSInterfaceDeclaration')
    }
  }
  return found
}

function wordViolations(name: string): string[] {
  const empty = EMPTY_WORDS.exec(name.slice(0, 1).toUpperCase() + name.slice(1))
  const found = empty?.[1] ? [`"${empty[1]}" says nothing; name what it does`] : []

  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])|[-_.]/).map((word) => word.toLowerCase())
  const joined = words.map((word, at) => `${word}${words[at + 1] ?? ''}`)
  for (const word of new Set([...words, ...joined])) {
    const ruling = BANNED.find(([pattern]) => pattern.test(word))
    if (ruling) found.push(`"${word}" is not our word (docs/glossary.md); say ${ruling[1]}`)
  }
  return found
}

/** Tests that do not run: a test that is skipped or alone proves nothing about the rest. */
export function skippedTests(files: Files): string[] {
  const found: string[] = []
  for (const [path, text] of Object.entries(files)) {
    if (!isTest(path)) continue
    const source = parse(path, text)
    const blame = (start: number, what: string): void => {
      found.push(`${path}:${lineAt(text, start)}: no ${what} tests; assert what is true and say so`)
    }
    visit(source, {
      CallExpression: ({ callee, arguments: args, start }) => {
        const base = callee.type === 'MemberExpression' ? callee.object : callee
        const names = base.type === 'Identifier' ? base.name : ''
        if (!/^(test|it|describe|suite)$/.test(names)) return
        if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier')
          if (/^(skip|only|todo)$/.test(callee.property.name)) blame(start, callee.property.name)
        for (const arg of args) {
          if (arg.type !== 'ObjectExpression') continue
          for (const each of arg.properties)
            if (each.type === 'Property' && each.key.type === 'Identifier')
              if (/^(skip|only|todo)$/.test(each.key.name)) blame(start, each.key.name)
        }
      },
    })
  }
  return found
}
