import { Link } from '../../../kit/link.tsx'
import type { Questions as Told } from './load.ts'
import { AnswerSaid, By } from './reviews.tsx'
import { useProductPageTexts } from '../../lib/texts/product-page.ts'

/** What people ask of a product, and what they are told. */
export function Questions({
  questions: { items },
  timeZone,
  ask,
}: {
  readonly questions: Told
  readonly timeZone: string
  /** Where one asks. */
  readonly ask: string
}) {
  const texts = useProductPageTexts()
  return (
    <section id="questions" aria-labelledby="questions-title" className="scroll-mt-32">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h2 id="questions-title" className="text-2xl font-bold">
          {texts.questions}
        </h2>
        <Link to={ask} className="button-outline">
          {texts.ask}
        </Link>
      </div>
      {items.length === 0 && <p className="text-muted">{texts.noQuestions}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {items.map((question) => (
          <li key={question.id} className="py-5 first:pt-0">
            <p
              lang={question.language}
              dir="auto"
              className="max-w-prose font-semibold wrap-anywhere whitespace-pre-line"
            >
              {question.text}
            </p>
            <By said={question} timeZone={timeZone} />
            {question.answers.length === 0 && (
              <p className="mt-2 text-sm text-muted">{texts.noAnswer}</p>
            )}
            {question.answers.map((answer) => (
              <AnswerSaid key={answer.id} answer={answer} timeZone={timeZone} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
