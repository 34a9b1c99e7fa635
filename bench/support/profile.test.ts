import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { profileLines } from './profile.ts'

/** Works in one function, then in another, and says when by the clock that benchmarks use. */
const twoParts = `
  function early() { for (const end = Date.now() + 150; Date.now() < end;); }
  function late() { for (const end = Date.now() + 150; Date.now() < end;); }
  early()
  const from = process.hrtime.bigint()
  late()
  console.log(from + ' ' + process.hrtime.bigint())
`

test('a profile is read for the measured time only, by the clock of the benchmark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'torg-profile-'))
  try {
    const { stdout } = spawnSync(
      process.execPath,
      ['--cpu-prof', `--cpu-prof-dir=${folder}`, '-e', twoParts],
      { encoding: 'utf8' },
    )
    const [from = '', to = ''] = stdout.trim().split(' ')
    const lines = profileLines(folder, BigInt(from), BigInt(to))
    const share = lines.map((line) => /^ +([\d.]+) % {2}late/.exec(line)?.[1]).find(Boolean)
    // Whoever shares the machine may stop it in the middle of collecting garbage.
    assert(Number(share) > 20, lines.join('\n'))
    assert(!lines.some((line) => line.includes('early')), lines.join('\n'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
