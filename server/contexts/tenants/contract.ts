/**
 * The shops of this deployment: which there are, how each is set up and how each looks.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Outcome } from '#platform/outcome'
import type { Tenant, Tenants } from '#platform/tenants'

/** A shop as it is set up; its id comes with it. */
export interface NewShop extends Omit<Tenant, 'id'> {
  /** Where it is reached, lower case, without port; `<slug>.localhost` when absent. */
  readonly host?: string
}

/** Shops by host name and by id, at most 5 s old, and all of them for jobs, which visit each. */
export interface Shops extends Tenants {
  /** Every shop there is, or so many of them, the oldest first, read anew. */
  list(most?: number): Promise<readonly { readonly tenant: Tenant; readonly host: string }[]>
  /** Lets go of what is remembered, for tests and the seed. */
  forget(): void
}

/** The colors of a page in one of its modes, each `#rrggbb`. */
export interface Palette {
  /** Behind everything. */
  readonly paper: string
  /** Behind what lies on the paper. */
  readonly card: string
  readonly ink: string
  /** Of what is said beside. */
  readonly muted: string
  /** Between things. */
  readonly line: string
  /** Buttons and links. */
  readonly accent: string
  /** What is written on the accent. */
  readonly onAccent: string
  readonly good: string
  readonly bad: string
}

export type Mode = 'light' | 'dark'

/** Fonts that we serve ourselves, with Cyrillic: one for headings and text, or one for each. */
export type FontPair = 'system' | 'manrope' | 'rubik-golos'

/** How a shop looks. */
export interface Look {
  readonly colors: Readonly<Record<Mode, Palette>>
  /** Of corners, in rem: 0 to 2. */
  readonly radius: number
  readonly fonts: FontPair
  /** What stands for the shop's name in the header; the picture goes first, without both the name does. */
  readonly logo: { readonly asset: Id | null; readonly text: string | null }
  /** One line about the shop, by language. */
  readonly tagline: Readonly<Record<string, string>>
}

/** A look as pages need it. */
export interface ShownLook extends Look {
  /** Address of the logo's picture with `{width}` and `{format}`; null where there is none (any more). */
  readonly logoUrl: string | null
  /** The look as a style sheet, which changes its name when it changes. */
  readonly css: string
  readonly cssHash: string
}

/** The shop looks otherwise from now on. */
export interface LookSet {
  readonly type: 'tenants.look-set'
  readonly look: Look
}

export type LookRefusal =
  | {
      readonly code: 'tenants.contrast-low'
      readonly mode: Mode
      readonly text: keyof Palette
      readonly background: keyof Palette
      /** What it is, and what it has to be at least (WCAG 2.2, 1.4.3). */
      readonly ratio: number
      readonly least: number
    }
  | { readonly code: 'tenants.logo-unknown' }
  | { readonly code: 'tenants.language-unknown'; readonly language: string }

/** How shops look. */
export interface Looks {
  /** At most 2 s old. */
  of(tenant: TenantId): Promise<ShownLook>
  /** Refused for text that is hard to read, a picture or a language that the shop does not have. */
  set(tenant: Tenant, look: Look, cause: Cause): Promise<Outcome<ShownLook, LookRefusal>>
}
