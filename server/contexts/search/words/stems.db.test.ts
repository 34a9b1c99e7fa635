import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../../../tests/support/database.ts'
import { porter } from './stem-en.ts'
import { stemRussian } from './stem-ru.ts'

const demo = new URL('../../../demo/', import.meta.url)

/** English words that only one rule of the algorithm tells from others. */
const RARE =
  'organization organ universal university universe interest internal later lately emergency past ' +
  'paste general generate communism community arsenal dying tying lying added egging odd running ' +
  'skis dying idly gently early only singly news atlas inning outing proceed exceeded succeeded ' +
  'falling hopping hoping feed agreed happy cry say by knightly national rational vision geology ' +
  'analogous adjustment replacement dependent adoption activate electrical hopefulness goodness ' +
  'formative authoritative relational conditional rationalize falsehoods yes youth boy toyed'

/** Every word the demo's texts have: a vocabulary of the very things that are sought. */
function words(pattern: RegExp): string[] {
  const found = new Set<string>()
  for (const shop of ['demo', 'second']) {
    const folder = new URL(`${shop}/products/`, demo)
    for (const file of readdirSync(folder)) {
      const text = readFileSync(new URL(file, folder), 'utf8').toLowerCase().replaceAll('ё', 'е')
      for (const [word] of text.matchAll(pattern)) found.add(word)
    }
  }
  return [...found]
}

test('Russian and English stems are those of the Snowball of PostgreSQL', async () => {
  await using database = await aDatabase({ migrated: false })
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    for (const language of ['russian', 'english'])
      await client.query(
        `CREATE TEXT SEARCH DICTIONARY ${language}_words (TEMPLATE = snowball, LANGUAGE = ${language})`,
      )
    const theirs = async (language: string, of: readonly string[]) =>
      (
        await client.query<{ word: string; stem: string }>(
          `SELECT word, (ts_lexize('${language}_words', word))[1] AS stem FROM unnest($1::text[]) AS word`,
          [of],
        )
      ).rows
    const russian = await theirs('russian', words(/[а-я]+/g))
    const english = await theirs('english', [...words(/[a-z]{3,}/g), ...RARE.split(' ')])
    assert.ok(russian.length > 1000 && english.length > 1000, `${russian.length} ${english.length}`)
    const differing = [
      ...russian
        .filter(({ word, stem }) => stemRussian(word) !== stem)
        .map((each) => ({ ...each, ours: stemRussian(each.word) })),
      ...english
        .filter(({ word, stem }) => porter(word) !== stem)
        .map((each) => ({ ...each, ours: porter(each.word) })),
    ]
    assert.deepEqual(differing, [])
  } finally {
    await client.end()
  }
})
