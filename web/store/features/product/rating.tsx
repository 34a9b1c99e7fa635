import type { Wrong } from './send.ts'
import { useWritingTexts } from '../../lib/texts/writing.ts'

/** From one to five stars, each with its word. */
export function Rating({
  first,
  wrong,
}: {
  readonly first: number | undefined
  readonly wrong: Wrong['rating']
}) {
  const texts = useWritingTexts()
  return (
    <fieldset
      aria-describedby={wrong === undefined ? undefined : 'rating-wrong'}
      data-wrong={wrong}
    >
      <legend className="mb-2 font-semibold">{texts.rating}</legend>
      <div className="grid grid-cols-5 gap-2">
        {texts.ratings.map((word, n) => (
          <label
            key={word}
            className="relative flex min-h-16 cursor-pointer flex-col items-center justify-center rounded-card border-2 border-line bg-card px-1 py-2 text-center text-xs leading-tight has-checked:border-accent has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="rating"
              value={n + 1}
              required
              defaultChecked={first === n + 1}
              className="sr-only"
            />
            <span className="text-base whitespace-nowrap">{n + 1} ★</span>
            {word}
          </label>
        ))}
      </div>
      {wrong !== undefined && (
        <p id="rating-wrong" className="mt-1 text-sm text-bad">
          {texts[wrong]}
        </p>
      )}
    </fieldset>
  )
}
