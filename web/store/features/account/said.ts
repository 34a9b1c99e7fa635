import type { Problem } from '../../lib/problem.ts'
import type { accountTextsOf } from '../../lib/texts/account.ts'

type AccountTexts = ReturnType<typeof accountTextsOf>

/** A refusal in words for who caused it. */
export function said(problem: Problem, texts: AccountTexts): string {
  const { code, retryAfterSeconds, minimumAge, why } = problem
  if (code === 'identity.too-many-attempts') {
    return texts.tooMany(Math.max(1, Math.ceil((retryAfterSeconds ?? 60) / 60)))
  }
  if (code === 'identity.too-young') return texts.tooYoung(minimumAge ?? 16)
  const sentence = texts.faults[code] ?? texts.faults['unavailable'] ?? code
  const reason = why === undefined ? undefined : texts.weak[why]
  return code === 'identity.password-weak' && reason !== undefined
    ? `${sentence} ${reason}`
    : sentence
}
