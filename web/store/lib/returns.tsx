import type { ReactNode } from 'react'

import type { paths } from '../api.d.ts'
import { dateText } from './format.ts'
import { useHere } from './shop.ts'
import { useReturnsTexts } from './texts/returns.ts'

export type ReturnsOfOrder =
  paths['/api/v1/orders/{id}/returns']['get']['responses'][200]['content']['application/json']
export type Return = ReturnsOfOrder['items'][number]

const TONES: Readonly<Record<Return['state'], string>> = {
  requested: 'text-accent',
  approved: 'text-good',
  declined: 'text-bad',
  withdrawn: 'text-muted',
}

/** What was asked back, how far it is, and what the shop says to it. */
export function ReturnFacts({
  of: { number, state, reason, comment, because, lines, createdAt },
  level: Title,
  children,
}: {
  readonly of: Return
  readonly level: 'h2' | 'h3'
  /** What can be done about it, and where it belongs. */
  readonly children?: ReactNode
}) {
  const { language, shop } = useHere()
  const texts = useReturnsTexts()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Title className="font-semibold">{texts.number(number)}</Title>
        <p className={`text-sm font-medium ${TONES[state]}`}>{texts.state[state]}</p>
      </div>
      <p className="text-sm text-muted">
        <time dateTime={createdAt}>
          {texts.asked(dateText(createdAt, language, shop.timeZone))}
        </time>
        {` · ${texts.reasons[reason] ?? reason}`}
      </p>
      <ul>
        {lines.map(({ sku, name, quantity }) => (
          <li key={sku} className="wrap-anywhere">
            {`${name} × ${quantity}`}
          </li>
        ))}
      </ul>
      {comment === null ? null : (
        <p className="max-w-prose wrap-anywhere whitespace-pre-line text-muted">{comment}</p>
      )}
      {state === 'approved' ? <p className="text-sm">{texts.approvedMore}</p> : null}
      {because === null ? null : (
        <p className="max-w-prose wrap-anywhere whitespace-pre-line">
          <span className="font-medium">{texts.because}</span> {because}
        </p>
      )}
      {children}
    </div>
  )
}
