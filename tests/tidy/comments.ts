import { lineAt, parse, type Source } from './source.ts'
import { spellingViolations } from './spelling.ts'
import type { Files } from './tree.ts'

const MARK = /\b(TODO|FIXME|XXX|HACK)\b/g
const GOOD_MARK = /^TODO\(#\d+\): \S/

/** Marks without an issue, exported contracts without a word of what they promise, spelling. */
export function commentViolations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const source = parse(path, text)
    const found = markViolations(source)
    if (/^server\/contexts\/[^/]+\/contract\.ts$/.test(path))
      found.push(...contractViolations(source))
    return [...found, ...spellingViolations(path, text)]
  })
}

function markViolations({ path, text, comments }: Source): string[] {
  return comments.flatMap((comment) =>
    [...comment.value.matchAll(MARK)]
      .filter((match) => !GOOD_MARK.test(comment.value.slice(match.index)))
      .map(
        (match) =>
          `${path}:${lineAt(text, comment.start + match.index)}: write TODO(#123): with an issue, or do it`,
      ),
  )
}

/** A contract holds types only; its events and its ports say what they promise. */
function contractViolations(source: Source): string[] {
  const { path, text } = source
  const found: string[] = []
  for (const node of source.program.body) {
    const where = `${path}:${lineAt(text, node.start)}`
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node
    if (declaration?.type === 'TSInterfaceDeclaration') {
      if (!isPromised(source, node.start, declaration.body.body))
        found.push(`${where}: ${declaration.id.name} has no docstring that says what it promises`)
    } else if (
      declaration?.type !== 'TSTypeAliasDeclaration' &&
      node.type !== 'ImportDeclaration' &&
      !(node.type === 'ExportNamedDeclaration' && node.exportKind === 'type')
    ) {
      found.push(`${where}: a contract is types only`)
    }
  }
  return found
}

type Member = Extract<
  Source['program']['body'][number],
  { type: 'TSInterfaceDeclaration' }
>['body']['body'][number]

/** Events and ports need a docstring; a port may have one on each method instead. Plain shapes need none. */
function isPromised(source: Source, start: number, members: readonly Member[]): boolean {
  if (docstringBefore(source, start) !== undefined) return true
  const methods = members.filter(isMethod)
  if (methods.some((each) => docstringBefore(source, each.start) === undefined)) return false
  return !members.some(
    (each) =>
      each.type === 'TSPropertySignature' &&
      /^type: '[\w-]+\.[\w-]+'/.test(
        source.text.slice(each.start, each.end).replace('readonly ', ''),
      ),
  )
}

function isMethod(member: Member): boolean {
  return (
    member.type === 'TSMethodSignature' ||
    (member.type === 'TSPropertySignature' &&
      member.typeAnnotation?.typeAnnotation.type === 'TSFunctionType')
  )
}

/** The docstring that ends right before `start`, without its stars; `undefined` when none does. */
export function docstringBefore({ comments, text }: Source, start: number): string | undefined {
  const last = comments.findLast((comment) => comment.end <= start)
  if (last === undefined || last.type !== 'Block' || !last.value.startsWith('*')) return undefined
  if (text.slice(last.end, start).trim() !== '') return undefined
  return last.value
    .slice(1)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .trim()
}
