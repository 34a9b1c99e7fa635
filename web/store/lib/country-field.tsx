/** The country of an address, by its name in the language of the page. */
export function CountryField({
  label,
  countries,
  chosen,
  isWrong = false,
}: {
  readonly label: string
  readonly countries: readonly { readonly code: string; readonly name: string }[]
  readonly chosen: string
  readonly isWrong?: boolean
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor="country" className="text-sm font-semibold">
        {label}
      </label>
      <select
        id="country"
        name="country"
        autoComplete="country"
        defaultValue={chosen}
        required
        aria-invalid={isWrong}
        className="field w-full"
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
