/** A table; bars in cells are escaped, so that a union of types stays in its cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The first sentence of a docstring, for a cell. */
export function firstSentence(says: string | undefined): string {
  const text = (says ?? '').replace(/\s+/g, ' ').trim()
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text
}

/** The line every generated document carries, so that nobody edits it by hand. */
export function made(from: string): string {
  return `*Made by \`node tools/docs.ts\` from ${from}; a tidy test compares. Do not edit.*`
}
