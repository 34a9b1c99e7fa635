import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { Pricing, RuleCommands, RuleView } from '../contract.ts'
import { found, isSameRule, maySet, mayRemove, ruleBooks } from '../domain/rules.ts'
import { type KnownTerms, ruleTable } from '../store/rules.ts'

/** All rules of a shop are one stream. */
const BOOK = 'shop'

export function setRule(
  { write }: Pick<Platform, 'write'>,
  known: KnownTerms,
  currencies: Pricing['currencies'],
): RuleCommands['setRule'] {
  return async (tenant, rule, cause, versions) => {
    const sold = await currencies(tenant)
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { book: stream(ruleBooks, BOOK) },
      decide({ book }) {
        const may = maySet(book, rule, tenant, sold, versions)
        if (!may.ok) return may
        const before = found(book, rule)
        if (before !== undefined && isSameRule(before.rule, rule)) return accept({ answer: before })
        const view: RuleView = { rule, version: book.version + 1 }
        const { kind, code } = rule
        return accept({
          append: { book: [{ type: 'pricing.rule-set', rule }] },
          rows: [
            { table: ruleTable, verb: 'upsert', row: { kind, code, rule, version: view.version } },
          ],
          answer: view,
        })
      },
    })
    known.forget(tenant.id)
    return outcome
  }
}

export function removeRule(
  { write }: Pick<Platform, 'write'>,
  known: KnownTerms,
): RuleCommands['removeRule'] {
  return async (tenant, { kind, code }, cause, versions) => {
    const outcome = await write({
      tenant: tenant.id,
      ...cause,
      streams: { book: stream(ruleBooks, BOOK) },
      decide({ book }) {
        const may = mayRemove(book, { kind, code }, versions)
        if (!may.ok) return may
        return accept({
          append: { book: [{ type: 'pricing.rule-removed', kind, code }] },
          rows: [{ table: ruleTable, verb: 'delete', row: { kind, code } }],
          answer: null,
        })
      },
    })
    known.forget(tenant.id)
    return outcome
  }
}
