import type { Aggregate } from '#platform/write/commit'

import type {
  ImportEvent,
  ImportMode,
  ImportState,
  TableFormat,
  TableKind,
  Tally,
} from '../contract.ts'

export type Import =
  | { readonly state: 'none' }
  | (Tally & {
      readonly state: ImportState
      readonly kind: TableKind
      readonly format: TableFormat
      readonly mode: ImportMode
    })

export const NOTHING_YET: Tally = { rows: 0, applied: 0, unchanged: 0, failed: 0 }

export const imports: Aggregate<Import, ImportEvent> = {
  kind: 'import',
  initial: { state: 'none' },
  apply(before, event) {
    switch (event.type) {
      case 'exchange.import-begun': {
        const { kind, format, mode } = event
        return { state: 'waiting', kind, format, mode, ...NOTHING_YET }
      }
      case 'exchange.import-progressed': {
        if (before.state === 'none') return before
        const { rows, applied, unchanged, failed } = event
        return { ...before, state: 'running', rows, applied, unchanged, failed }
      }
      case 'exchange.import-ended':
        return before.state === 'none' ? before : { ...before, state: event.state }
    }
  },
}

/** Whether there is something left to read. */
export function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'waiting' || state === 'running'
}
