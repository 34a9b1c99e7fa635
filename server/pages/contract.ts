/**
 * What the pages of a shop are given by the process that renders them. `web/` imports types of this
 * file and nothing else of `server/`.
 */
import type { Tenant } from '#platform/tenants'

/** Who came, as far as a page may know: kept in a cookie that no script can read. */
export interface Session {
  /** The cart of this browser. */
  readonly cartId?: string
  /** Of who has signed in: renewed by the process, never shown to the page. */
  readonly accessToken?: string
  readonly refreshToken?: string
  /** Opens the orders that were placed in this browser, by their ids. */
  readonly orderTokens?: Readonly<Record<string, string>>
}

/** The session of one request. Whoever touches it makes the page one person's, and nobody keeps it. */
export interface SessionBox {
  read(): Session
  /** The answer sets the cookie anew. */
  write(session: Session): void
}

/** One request for a page. Everything a loader knows comes from here: no module keeps anything. */
export interface Visit {
  readonly shop: Tenant
  /** One of the shop's. */
  readonly language: string
  /** `https://shop.example.com` */
  readonly origin: string
  /** For scripts and styles of the page that are not files. */
  readonly session: SessionBox
  /** Asks the API of this very process, as the person who came. */
  readonly fetch: (request: Request) => Promise<Response>
}
