import { isStopWord, indexStem } from './stems.ts'
import { tokensOf } from './tokens.ts'
import type { Alternative, Language } from './types.ts'
import { GEAR } from './vocabulary-gear.ts'
import { OUTDOOR } from './vocabulary-outdoor.ts'

/** What another word of a group counts against the word that was typed, measured in tests/relevance. */
const WEIGHTS = { translation: 0.85, synonym: 0.7, related: 0.45 } as const

const COLUMNS = ['uk', 'ru', 'en'] as const

/** A phrase has at most so many words. */
export const PHRASE_WORDS = 4

interface Member {
  readonly terms: readonly string[]
  /** What the phrase is about: мішок of боксерський мішок, килимок of килимок для йоги. */
  readonly head: string
  readonly language: Language
}

interface Group {
  readonly members: readonly Member[]
  readonly isRelated: boolean
}

/** What stands for one key, and what it is also called as soon as somebody asked. */
interface Known {
  readonly groups: Group[]
  called?: readonly Alternative[]
}

/** By what is typed, the terms of a phrase with a space between; made for the first search. */
let known: ReadonlyMap<string, Known> | undefined

function knownByTerms(): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>()
  for (const line of `${GEAR}\n${OUTDOOR}`.split('\n')) {
    if (line === '') continue
    const group = groupOf(line)
    for (const key of new Set(group.members.map(({ terms }) => terms.join(' ')))) {
      const before = found.get(key)
      if (before === undefined) found.set(key, { groups: [group] })
      else before.groups.push(group)
    }
  }
  return found
}

function groupOf(line: string): Group {
  const isRelated = line.startsWith('~')
  const columns = (isRelated ? line.slice(1) : line).split('|')
  return {
    isRelated,
    members: COLUMNS.flatMap((language, at) =>
      (columns[at] ?? '').split(',').map((phrase) => memberOf(phrase, language)),
    ),
  }
}

function memberOf(phrase: string, language: Language): Member {
  const tokens = tokensOf(phrase)
  const kept = tokens.filter(({ word }) => !isStopWord(word))
  const terms = kept.map((token) => indexStem(token, language))
  const head = kept.length < tokens.length ? terms[0] : terms.at(-1)
  return { terms, head: head ?? '', language }
}

/**
 * What else the words of a phrase are called, in any of the three languages: by the terms they may
 * have (SRC-05). Not what they are called themselves, and the same thing once, at its best weight.
 */
export function alsoCalled(terms: readonly string[]): readonly Alternative[] {
  const key = terms.join(' ')
  known ??= knownByTerms()
  const about = known.get(key)
  if (about === undefined) return []
  about.called ??= calledIn(about.groups, key)
  return about.called
}

function calledIn(groups: readonly Group[], key: string): Alternative[] {
  const found = new Map<string, Alternative>()
  for (const { members, isRelated } of groups) {
    const languages = new Set(
      members.filter((each) => each.terms.join(' ') === key).map(({ language }) => language),
    )
    for (const { terms: others, head: term, language } of members) {
      const also = others.filter((each) => each !== term)
      const other = others.join(' ')
      if (other === key) continue
      const why = languages.has(language) ? 'synonym' : 'translation'
      const weight = isRelated ? WEIGHTS.related : WEIGHTS[why]
      if ((found.get(other)?.weight ?? 0) >= weight) continue
      found.set(other, { term, weight, why, ...(also.length > 0 && { also }) })
    }
  }
  return [...found.values()]
}
