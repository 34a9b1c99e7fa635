/** What exchange asks of the world outside: tables that others serve. `adapters` fulfil it. */
import type { Outcome } from '#platform/outcome'

/** Why a table could not be fetched. Names nothing of its address. */
export interface SourceFault {
  readonly code: `exchange.source-${
    | 'broken-off'
    | 'encoded'
    | 'forbidden'
    | 'no-table'
    | 'redirects'
    | 'refused'
    | 'silent'
    | 'too-large'
    | 'untrusted'}`
  readonly reason: string
  /** Trying again later may help. */
  readonly mayRecover: boolean
}

export interface TableSource {
  /** Why an address would never be asked, by its text alone; undefined when it may be. */
  fault(url: string): SourceFault | undefined
  /**
   * Asks for a table. Its bytes must be read to their end or given up; they throw `SourceBroke` where they break
   * off. Never connects to an address that is not everybody's (RELIABILITY.md section 8, SSRF).
   */
  fetch(url: string): Promise<Outcome<AsyncIterable<Uint8Array>, SourceFault>>
}
