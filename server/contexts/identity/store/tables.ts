import type { Table } from '#platform/write/commit'

export const userTable: Table = { name: 'identity.users', key: ['id'] }
export const credentialTable: Table = { name: 'identity.credentials', key: ['user_id'] }
export const sessionTable: Table = { name: 'identity.sessions', key: ['id'] }
export const triesTable: Table = { name: 'identity.sign_in_tries', key: ['bucket'] }
export const tokenTable: Table = { name: 'identity.tokens', key: ['user_id', 'purpose'] }
export const addressTable: Table = { name: 'identity.addresses', key: ['user_id', 'id'] }
export const noticeTable: Table = { name: 'identity.notices', key: ['user_id', 'kind'] }
