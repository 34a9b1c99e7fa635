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
  /** What a guest wishes for, the oldest first, each as `lib/wishes/guests.ts` writes it. */
  readonly wishes?: readonly string[]
  /** What was typed on the way to an order: gone as soon as the order is placed. */
  readonly checkout?: CheckoutDraft
  /** The order that was placed last, and the key of its request: sent again, it is this order. */
  readonly placed?: { readonly key: string; readonly orderId: string }
}

/** An order that is being written, step by step; what the buyer has not said yet is absent. */
export interface CheckoutDraft {
  readonly email?: string
  readonly phone?: string
  readonly name?: string
  readonly line1?: string
  readonly line2?: string
  readonly city?: string
  readonly postalCode?: string
  readonly country?: string
  readonly delivery?: string
  readonly payment?: string
  /** Makes the same order of a request that is sent twice; another one as soon as anything changes. */
  readonly key?: string
  /** The totals that the buyer was asked to agree to under this key, the latest last. */
  readonly asked?: readonly { readonly amount: number; readonly currency: string }[]
}

/** The session of one request. Whoever touches it makes the page one person's, and nobody keeps it. */
export interface SessionBox {
  read(): Session
  /** The answer sets the cookie anew. */
  write(session: Session): void
  /** Nobody is signed in here any more. The cart is its owner's alone, and so it does not stay. */
  signOut(): void
}

/** In which currencies a shop sells, and in which of them this visitor is shown prices. */
export interface Currencies {
  /** The visitor's choice, else the shop's main one; of pages that are everybody's, too. */
  readonly shown: string
  /** The main one first. */
  all(): Promise<readonly string[]>
  /** What each way of delivery costs in one of them, minor units; a way that is absent is not offered. */
  deliveryIn(currency: string): Promise<Readonly<Record<string, number>>>
  /** The answer tells the browser to be shown this one from now on. */
  choose(currency: string): void
}

/**
 * A page as it was written. Its body is empty: to make a text into a stream, that into bytes and those into
 * a text again, to look for its scripts, took a tenth of the time that a page takes.
 */
export interface WrittenPage extends Response {
  readonly html: string
}

/** One request for a page. Everything a loader knows comes from here: no module keeps anything. */
export interface Visit {
  readonly shop: Tenant
  /** One of the shop's. */
  readonly language: string
  /** `https://shop.example.com` */
  readonly origin: string
  readonly session: SessionBox
  readonly currencies: Currencies
  /** What schema.org calls an availability. */
  readonly availabilityTerm: (word: 'in-stock' | 'low' | 'out' | 'preorder') => string
  /** Files that scripts of the page will ask for as soon as they run. */
  readonly early?: readonly string[]
  /** Asks the API of this very process, as the person who came. */
  readonly fetch: (request: Request) => Promise<Response>
}
