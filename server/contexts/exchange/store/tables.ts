import type { Table } from '#platform/write/commit'

export const importTable: Table = { name: 'exchange.imports', key: ['id'] }
export const faultTable: Table = { name: 'exchange.faults', key: ['import_id', 'line', 'n'] }
export const scheduleTable: Table = { name: 'exchange.schedules', key: ['id'] }
export const runTable: Table = {
  name: 'exchange.runs',
  key: ['id'],
  unique: [['schedule_id', 'due_at', 'because']],
}
