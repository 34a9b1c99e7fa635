/**
 * What the API said, in JSON. Loaders ask up to twenty questions for a page; to make a body into a stream and
 * that into text again took longer than to answer, so what is already there is handed over as it is.
 */
export class Said extends Response {
  readonly #text: string
  #data: unknown

  constructor(text: string, init: { readonly status: number; readonly headers: Headers }) {
    super(null, init)
    this.#text = text
  }

  /** In bytes, about: what it takes to keep it. */
  get size(): number {
    return this.#text.length * 2
  }

  override readonly text = (): Promise<string> => Promise.resolve(this.#text)

  /** The same for everybody who asks, so nobody can change it. */
  override readonly json = (): Promise<unknown> => {
    this.#data ??= frozen(JSON.parse(this.#text))
    return Promise.resolve(this.#data)
  }

  /** Reading it does not use it up. */
  override clone(): this {
    return this
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const each of Object.values(value)) frozen(each)
  return Object.freeze(value)
}
