import type { TenantId } from '../ids.ts'
import type { Statement } from './statement.ts'

/**
 * Reads as the application's role: every read sees one tenant's rows and no other's. Reads of one
 * tenant that arrive in the same tick share a round trip and, up to 32, see the same moment. Throws
 * `Unavailable` when the database is away.
 */
export interface Reads {
  read<Row>(
    tenant: TenantId,
    statement: Statement<Row>,
    values?: readonly unknown[],
  ): Promise<Row[]>
  /** Reads a table that is no tenant's, such as the list of shops. */
  readGlobal<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>
}
