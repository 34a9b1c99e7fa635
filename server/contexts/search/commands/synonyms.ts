import type { Cause } from '#platform/http/route'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import type { Known } from '#platform/known'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { SearchRefusal, Synonym } from '../contract.ts'
import { isSingleWord } from '../domain/synonyms.ts'
import { MOST_SYNONYMS } from '../store/synonyms.ts'
import { synonymTable } from '../store/tables.ts'

export interface SynonymCommands {
  add(
    tenant: TenantId,
    synonym: Omit<Synonym, 'id'>,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: Synonym; readonly replayed: boolean }>>
  remove(tenant: TenantId, id: Id, cause: Cause): Promise<Outcome<unknown>>
}

export function synonymCommands(
  { write, ids, clock }: Pick<Platform, 'write' | 'ids' | 'clock'>,
  known: Known<{ readonly synonyms: readonly Synonym[] }>,
): SynonymCommands {
  return {
    async add(tenant, { words, also, isOneWay }, cause) {
      const phrase = words.find((word) => !isSingleWord(word))
      if (phrase !== undefined) {
        return refuse<SearchRefusal>({ code: 'search.synonym-phrase', word: phrase })
      }
      const { synonyms } = await known.of(tenant)
      if (synonyms.length >= MOST_SYNONYMS) {
        return refuse<SearchRefusal>({ code: 'search.synonyms-full', limit: MOST_SYNONYMS })
      }
      const synonym: Synonym = { id: ids.next(), words, also, isOneWay }
      const written = await write({
        tenant,
        ...cause,
        streams: {},
        decide: (_, at) =>
          accept({
            rows: [
              {
                table: synonymTable,
                verb: 'insert',
                row: {
                  id: synonym.id,
                  words,
                  also,
                  is_one_way: isOneWay,
                  created_at: new Date(Math.max(at, clock.now())).toISOString(),
                },
              },
            ],
            answer: synonym,
          }),
      })
      known.forget(tenant)
      return written.ok ? accept(written.value) : written
    },

    async remove(tenant, id, cause) {
      const refusal: SearchRefusal = { code: 'search.synonym-unknown', synonymId: id }
      const written = await write({
        tenant,
        ...cause,
        streams: {},
        decide: () =>
          accept({
            rows: [{ table: synonymTable, verb: 'delete', row: { id }, orRefuse: refusal }],
            answer: null,
          }),
      })
      known.forget(tenant)
      return written
    },
  }
}
