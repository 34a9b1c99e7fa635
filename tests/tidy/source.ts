import { posix } from 'node:path'

import { parseSync, Visitor, type ParseResult, type VisitorObject } from 'oxc-parser'

/** One mention of another module in a source file. */
export interface Import {
  /** As written: `./store.ts`, `#context/orders`, `pg`; `undefined` when it is computed. */
  readonly to: string | undefined
  /** Erased before it runs: `import type …`, `export type … from`, `import('…').T`. */
  readonly typeOnly: boolean
  /** The names a static import takes; empty for every other form. */
  readonly names: readonly string[]
  readonly line: number
}

/** A source file that has been parsed; parsing errors are violations of their own (`tsc` has them). */
export interface Source {
  readonly path: string
  readonly text: string
  readonly program: ParseResult['program']
  readonly comments: ParseResult['comments']
}

export function parse(path: string, text: string): Source {
  const parsed = parseSync(path, text)
  return {
    path,
    text,
    comments: parsed.comments,
    // Made of text when it is first asked for, which takes longer than to parse: many rules never ask.
    get program() {
      return parsed.program
    },
  }
}

/** Calls the visitor's functions for every node of the file. */
export function visit(source: Source, visitor: VisitorObject): void {
  new Visitor(visitor).visit(source.program)
}

/** The line (from 1) of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1
  return line
}

/**
 * All imports, static and dynamic, of code and of types.
 *
 * `import { type A } from 'x'` is not type-only: Node erases the name and still runs `x`.
 */
export function importsOf(source: Source): Import[] {
  const found: Import[] = []
  const add = (
    to: unknown,
    typeOnly: boolean,
    start: number,
    names: readonly string[] = [],
  ): void => {
    found.push({
      to: typeof to === 'string' ? to : undefined,
      typeOnly,
      names,
      line: lineAt(source.text, start),
    })
  }

  visit(source, {
    ImportDeclaration: (node) => {
      const names = node.specifiers.map((each) =>
        each.type === 'ImportSpecifier' && each.imported.type === 'Identifier'
          ? each.imported.name
          : '*',
      )
      add(node.source.value, node.importKind === 'type', node.start, names)
    },
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type', node.start),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source.value, node.exportKind === 'type', node.start)
    },
    ImportExpression: (node) => {
      add(node.source.type === 'Literal' ? node.source.value : undefined, false, node.start)
    },
    TSImportType: (node) => add(node.source.value, true, node.start),
  })

  return found
}

/**
 * The file an import means, by path from the root: relative ones and the two prefixes of the
 * `imports` map in package.json. `undefined` for packages.
 */
export function targetOf(from: string, to: string): string | undefined {
  if (to.startsWith('.')) return posix.join(posix.dirname(from), to)
  if (to.startsWith('#platform/')) return `server/platform/${to.slice('#platform/'.length)}.ts`
  if (to.startsWith('#context/'))
    return `server/contexts/${to.slice('#context/'.length)}/contract.ts`
  return undefined
}

/** Beside the code it proves, or under `tests/`. */
export function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.(test|testing)\.tsx?$/.test(path)
}
