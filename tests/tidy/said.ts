import { Visitor, type JSXChild } from 'oxc-parser'

import { parse } from './source.ts'
import type { Files } from './tree.ts'

/** Attributes that people read or hear. */
const SAID = new Set(['aria-label', 'title', 'alt', 'placeholder', 'aria-description', 'label'])

/** Letters of any language; signs and figures say the same in all of them. */
const LETTERS = /\p{L}{2,}/u

/** Says where a component speaks for itself: what people read stands in `texts/`, in every language. */
export function saidInComponents(files: Files): string[] {
  const found: string[] = []
  for (const [path, text] of Object.entries(files)) {
    const source = parse(path, text)
    const say = (start: number, words: string): void => {
      if (!LETTERS.test(words)) return
      const line = text.slice(0, start).split('\n').length
      found.push(`${path}:${line}: «${words.trim().slice(0, 60)}» belongs into texts/`)
    }
    const sayAll = (children: readonly JSXChild[]): void => {
      for (const child of children) {
        if (child.type !== 'JSXExpressionContainer') continue
        for (const words of literalsIn(child)) say(child.start, words)
      }
    }
    new Visitor({
      JSXText: ({ start, value }) => say(start, value),
      JSXAttribute({ name, value, start }) {
        if (name.type !== 'JSXIdentifier' || !SAID.has(name.name) || value === null) return
        for (const words of literalsIn(value)) say(start, words)
      },
      JSXElement: ({ children }) => sayAll(children),
      JSXFragment: ({ children }) => sayAll(children),
    }).visit(source.program)
  }
  return [...new Set(found)]
}

/** What is written down in a value, whatever is put together of it. */
function literalsIn(node: unknown): string[] {
  const { type, value, expression, quasis, consequent, alternate } = node as {
    readonly type?: string
    readonly value?: unknown
    readonly expression?: unknown
    readonly quasis?: readonly { readonly value: { readonly cooked: string | null } }[]
    readonly consequent?: unknown
    readonly alternate?: unknown
  }
  switch (type) {
    case 'Literal':
      return typeof value === 'string' ? [value] : []
    case 'JSXExpressionContainer':
      return literalsIn(expression)
    case 'TemplateLiteral':
      return (quasis ?? []).map((each) => each.value.cooked ?? '')
    case 'ConditionalExpression':
      return [...literalsIn(consequent), ...literalsIn(alternate)]
    default:
      return []
  }
}
