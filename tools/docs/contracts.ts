import { docstringBefore } from '../../tests/tidy/comments.ts'
import { importsOf, parse, type Source } from '../../tests/tidy/source.ts'
import type { Files } from '../../tests/tidy/tree.ts'

/** A member of an interface as it is written, with what its docstring says. */
export interface Member {
  readonly name: string
  /** `(cart: CartId) => Transfer` or `string`, in one line. */
  readonly type: string
  readonly says: string | undefined
  /** Type names in what a method returns; empty for a field. */
  readonly returns: readonly string[]
  readonly isMethod: boolean
}

/** One exported type of a contract. */
export interface Declared {
  readonly name: string
  readonly says: string | undefined
  readonly members: readonly Member[]
  /** Names of the interfaces it extends. */
  readonly bases: readonly string[]
  /** Every type name mentioned in it. */
  readonly mentions: readonly string[]
}

/** What a context shows the world, read from its `contract.ts`. */
export interface Contract {
  readonly context: string
  /** The file's own docstring. */
  readonly says: string | undefined
  readonly types: readonly Declared[]
  /** Types it takes from the platform's write and ledger that are parts of a commit. */
  readonly parts: readonly string[]
  /** Contexts whose types any file of this context uses. */
  readonly knows: readonly string[]
}

/** Types a commit is put together from; a port that returns one ties two contexts to one database. */
const PARTS =
  /^(Transfer|Move|Hold|Extend|Post|Void|Count|Write|Timer|DomainEvent|Decision|StreamOf|Streams)$/

/** Reads every contract of the tree, in the order of the contexts' names. */
export function readContracts(files: Files): Contract[] {
  return Object.keys(files)
    .filter((path) => /^server\/contexts\/[^/]+\/contract\.ts$/.test(path))
    .toSorted()
    .map((path) => readContract(parse(path, files[path] ?? ''), files))
}

function readContract(source: Source, files: Files): Contract {
  const context = source.path.split('/')[2] ?? ''
  const types: Declared[] = []
  const parts: string[] = []

  for (const node of source.program.body) {
    if (node.type === 'ImportDeclaration') {
      if (!/^#platform\/(write|ledger)\//.test(node.source.value)) continue
      for (const each of node.specifiers)
        if (each.type === 'ImportSpecifier' && each.imported.type === 'Identifier')
          if (PARTS.test(each.imported.name)) parts.push(each.local.name)
      continue
    }
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node
    if (declaration?.type === 'TSInterfaceDeclaration')
      types.push(
        declared(
          source,
          declaration.id.name,
          node,
          declaration.body.body,
          basesOf(declaration.extends),
        ),
      )
    if (declaration?.type === 'TSTypeAliasDeclaration') {
      const { typeAnnotation } = declaration
      const members = typeAnnotation.type === 'TSTypeLiteral' ? typeAnnotation.members : []
      types.push(declared(source, declaration.id.name, node, members))
    }
  }

  return { context, says: fileDocstring(source), types, parts, knows: knownBy(context, files) }
}

interface Span {
  readonly start: number
  readonly end: number
}

type Signature = Span & {
  readonly type: string
  readonly key?: Span
  readonly optional?: boolean
  readonly typeAnnotation?: (Span & { readonly typeAnnotation: Span }) | null
  readonly params?: readonly Span[]
  readonly returnType?: (Span & { readonly typeAnnotation: Span }) | null
}

function declared(
  source: Source,
  name: string,
  node: Span,
  signatures: readonly unknown[],
  bases: readonly string[] = [],
): Declared {
  return {
    name,
    says: docstringBefore(source, node.start),
    members: (signatures as readonly Signature[]).flatMap((each) => member(source, each)),
    bases,
    mentions: typeNames(source.text.slice(node.start, node.end)),
  }
}

function basesOf(clauses: readonly { readonly expression: { readonly type: string } }[]): string[] {
  return clauses.flatMap(({ expression }) =>
    expression.type === 'Identifier' && 'name' in expression ? [String(expression.name)] : [],
  )
}

/** Its own members and those of the contract's interfaces it extends. */
export function allMembers(type: Declared, contract: Contract): readonly Member[] {
  const inherited = contract.types.filter(({ name }) => type.bases.includes(name))
  return [...type.members, ...inherited.flatMap((base) => allMembers(base, contract))]
}

function member(source: Source, signature: Signature): Member[] {
  const { text } = source
  if (!signature.key) return []
  const name = `${text.slice(signature.key.start, signature.key.end)}${signature.optional ? '?' : ''}`
  const says = docstringBefore(source, signature.start)

  if (signature.type === 'TSMethodSignature') {
    const params = (signature.params ?? [])
      .map(({ start, end }) => text.slice(start, end))
      .join(', ')
    const answer = signature.returnType?.typeAnnotation
    const returned = answer ? text.slice(answer.start, answer.end) : 'void'
    const type = oneLine(`(${params}): ${returned}`)
    return [{ name, type, says, returns: typeNames(returned), isMethod: true }]
  }
  const annotation = signature.typeAnnotation?.typeAnnotation
  if (!annotation) return []
  const type = oneLine(text.slice(annotation.start, annotation.end))
  const arrow = type.lastIndexOf('=>')
  const isMethod = arrow !== -1 && type.startsWith('(')
  return [{ name, type, says, returns: isMethod ? typeNames(type.slice(arrow)) : [], isMethod }]
}

/** The docstring a file opens with: one that is not the first declaration's own. */
function fileDocstring({ comments, text, program }: Source): string | undefined {
  const [first] = comments
  if (first?.type !== 'Block' || !first.value.startsWith('*')) return undefined
  if (text.slice(0, first.start).trim() !== '') return undefined
  const node = program.body[0]
  const isOfNode = node !== undefined && node.type !== 'ImportDeclaration'
  const second = comments[1]
  const apart = second !== undefined && node !== undefined && second.end <= node.start
  if (isOfNode && !apart) return undefined
  return docstringBefore({ comments: [first], text, program, path: '' }, first.end)
}

function knownBy(context: string, files: Files): string[] {
  const known = new Set<string>()
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith(`server/contexts/${context}/`)) continue
    for (const { to } of importsOf(parse(path, text)))
      if (to?.startsWith('#context/')) known.add(to.slice('#context/'.length))
  }
  return [...known].toSorted()
}

/** Names that begin with a capital, which is what types do here. */
function typeNames(text: string): string[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/'[^']*'/g, '')
  return [...new Set(bare.match(/\b[A-Z]\w*/g) ?? [])]
}

function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/([({]) /g, '$1')
    .trim()
}
