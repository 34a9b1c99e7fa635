import type { Id, TenantId } from '#platform/ids'

import type { Shown } from './entry.ts'
import type { FindAsk, Found } from './find.ts'
import type { Word } from './lexicon.ts'
import type { SynonymTerms, Understood } from './understand.ts'
import type { Values } from './values.ts'

/** What one engine knows at once and another has to ask for. */
export type Soon<T> = T | Promise<T>

/**
 * What finds products (decision 0028). The built-in engine does it in this process's memory, another
 * one may be a server. What words mean is decided by `words/`, for every engine alike; an engine is
 * asked which terms a shop has, and which products have them.
 */
export interface SearchEngine {
  /**
   * Hands the shop to `work`, as it was 0.2 s ago at most. An engine that goes away may hand over another
   * one's shop, and then the work is done again from its beginning: it must change nothing. Throws
   * `Unavailable` when nobody can say what the shop has.
   */
  ask<T>(tenant: TenantId, work: (shop: SearchShop) => Promise<T>): Promise<T>
  /** Throws away what the engine has of a shop beyond the entries in PostgreSQL, and makes it anew. */
  renew(tenant: TenantId): Promise<void>
  /** Times that another engine had to answer, since the start. */
  readonly figures: { readonly fallbacks: number }
}

/** One shop as an engine knows it, for as long as one question is answered. */
export interface SearchShop {
  /** Is another one whenever an answer may be. */
  readonly version: string
  /** Its facets and their values; numbers in `Found` are of these. */
  readonly values: Values
  /** The ways to understand a query in the words of this shop. */
  understand(text: string, languages: readonly string[], synonyms: SynonymTerms): Soon<Understood>
  /** Searches. `hidden` are products that are not to be found, whatever the engine knows of them. */
  find(ask: FindAsk, hidden?: ReadonlySet<Id>): Soon<Found>
  /** Words that begin so, those of the language first, then the commonest. */
  beginningWith(beginning: string, language: string, most: number): Soon<readonly Word[]>
  /** Words that share most trigrams. */
  like(trigrams: readonly string[]): Soon<readonly Word[]>
  /** What is kept of these products, shown or not; those that are gone are absent. */
  shown(ids: readonly Id[]): Soon<readonly Shown[]>
}

/** What changed of a shop's entries, for an engine that keeps them elsewhere. PostgreSQL has the truth. */
export interface EntryChanges {
  /** Whose transactions are meant: is another one after a restore, and in another database. */
  origin(tenant: TenantId): Promise<string>
  /** All transactions before this one have ended; what they did is seen by reads that begin later. */
  horizon(tenant: TenantId): Promise<string>
  /** Every change of that transaction and later ones, in pages. */
  since(tenant: TenantId, transaction: string): AsyncIterable<readonly EntryChange[]>
  /** Every product that was ever indexed, in pages. */
  everything(tenant: TenantId): AsyncIterable<readonly Id[]>
  /** What these products are now. */
  now(tenant: TenantId, ids: readonly Id[]): Promise<readonly EntryNow[]>
}

/** One row that was written. */
export interface EntryChange {
  readonly id: Id
  /** Says which row was written by which transaction: the same text is the same change. */
  readonly mark: string
}

export interface EntryNow {
  readonly id: Id
  /** An `Entry` as JSON; null of a product that is not to be found. */
  readonly entry: string | null
  readonly isAvailable: boolean
}
