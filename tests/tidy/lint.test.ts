import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

import { root } from './tree.ts'

const run = promisify(execFile)

const HOOK = `import { useId } from 'react'
export function E({ is }: { is: boolean }) { if (is) { useId() } return <p /> }`

/** Code that breaks exactly one rule of `.oxlintrc.json`, and the rule. */
const PLANTED: readonly (readonly [rule: string, path: string, code: string])[] = [
  ['no-floating-promises', 'server/a.ts', 'async function f() {}\nf()\nexport {}'],
  ['no-misused-promises', 'server/b.ts', 'export async function f() {}\nif (f()) f'],
  ['only-throw-error', 'server/c.ts', `export function f() { throw 'no' }`],
  [
    'switch-exhaustiveness-check',
    'server/d.ts',
    `export function f(it: 'a' | 'b') { switch (it) { case 'a': return 1 } return 2 }`,
  ],
  ['no-explicit-any', 'server/e.ts', 'export const it: any = 1'],
  ['no-non-null-assertion', 'server/f.ts', 'export const f = (it?: string) => it!.length'],
  ['consistent-type-imports', 'server/g.ts', `import { T } from './t.ts'\nexport const t: T = 1`],
  ['restrict-template-expressions', 'server/h.ts', 'export const f = (it: object) => `${it}`'],
  ['no-default-export', 'server/i.ts', 'export default 1'],
  ['no-cycle', 'server/j.ts', `import { k } from './k.ts'\nexport const j = () => k`],
  ['eqeqeq', 'server/l.ts', 'export const f = (it: number) => it == 1'],
  ['no-var', 'server/m.ts', 'var it = 1\nexport { it }'],
  ['prefer-const', 'server/n.ts', 'let it = 1\nexport { it }'],
  ['no-console', 'server/o.ts', `console.log('hello')\nexport {}`],
  ['no-empty', 'server/p.ts', 'export function f() { try { f() } catch {} }'],
  ['no-unused-vars', 'server/q.ts', 'const it = 1\nexport {}'],
  ['max-lines', 'server/r.ts', `export const it = [\n${'1,\n'.repeat(400)}]`],
  [
    'max-lines-per-function',
    'server/s.ts',
    `export function f() {\n  const it = [\n${'1,\n'.repeat(70)}]\n  return it\n}`,
  ],
  ['filename-case', 'server/camelCase.ts', 'export {}'],
  ['forbid-dom-props', 'web/a.tsx', `export const A = () => <p style={{ color: 'red' }} />`],
  [
    'no-danger',
    'web/b.tsx',
    `export const B = (p: { s: string }) => <p dangerouslySetInnerHTML={{ __html: p.s }} />`,
  ],
  ['max-lines', 'web/c.ts', `export const it = [\n${'1,\n'.repeat(250)}]`],
  ['alt-text', 'web/d.tsx', 'export const D = () => <img src="/a.png" />'],
  ['rules-of-hooks', 'web/e.tsx', HOOK],
  ['no-param-reassign', 'server/u.ts', 'export function f(it: number) { it = 2; return it }'],
]

test('each rule of the lint is seen to bite, and only where it should', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'torg-lint-'))
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
      copyFileSync(`${root}${name}`, join(folder, name))
    symlinkSync(`${root}node_modules`, join(folder, 'node_modules'))
    const write = (path: string, code: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), code)
    }

    for (const [, path, code] of PLANTED) write(path, code)
    write('server/t.ts', 'export type T = number')
    write('server/k.ts', `import { j } from './j.ts'\nexport const k = () => j`)
    // What the rules leave alone: node:test's promises, a terminal's output, types in a ring.
    write('tests/fine.test.ts', `import { test } from 'node:test'\ntest('it', () => {})`)
    write('tools/fine.ts', `console.log('hello')\nexport {}`)
    write('web/fine.tsx', `export default function Page() { return <p className="a" /> }`)
    write('server/fine.ts', `import type { Two } from './two.ts'\nexport type One = Two | 1`)
    write(
      'server/two.ts',
      `import type { One } from './fine.ts'\nexport interface Two { one: One }`,
    )

    const found = await lint(folder)
    for (const [rule, path] of PLANTED)
      assert.ok(
        found.some((each) => each.path === path && each.rule.includes(`(${rule})`)),
        `${rule} is not found in ${path}: ${JSON.stringify(found.filter((each) => each.path === path))}`,
      )
    assert.deepEqual(
      found.filter(({ path }) => /fine|two/.test(path)),
      [],
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

async function lint(folder: string): Promise<{ rule: string; path: string }[]> {
  const oxlint = `${root}node_modules/oxlint/bin/oxlint`
  const output = await run(
    process.execPath,
    [oxlint, '--format', 'json', 'server', 'web', 'tests', 'tools'],
    {
      cwd: folder,
      maxBuffer: 10_000_000,
    },
  ).catch((error: { stdout: string; code: number }) => error)
  const { diagnostics } = JSON.parse(output.stdout) as {
    diagnostics: { code: string; filename: string }[]
  }
  return diagnostics.map(({ code, filename }) => ({
    rule: code,
    path: filename.startsWith(folder) ? filename.slice(folder.length + 1) : filename,
  }))
}
