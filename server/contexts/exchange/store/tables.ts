import type { Table } from '#platform/write/commit'

export const importTable: Table = { name: 'exchange.imports', key: ['id'] }
export const faultTable: Table = { name: 'exchange.faults', key: ['import_id', 'line', 'n'] }
