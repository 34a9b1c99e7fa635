import type { WrittenPage } from '../../server/pages/contract.ts'

/** An answer that hands its text over as it is. */
export class Written extends Response implements WrittenPage {
  readonly html: string

  constructor(html: string, init: { readonly status: number; readonly headers: Headers }) {
    super(null, init)
    this.html = html
  }

  /** Reading it does not use it up. */
  override clone(): this {
    return this
  }
}
