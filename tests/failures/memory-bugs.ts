/** What the suites of memory and of the ports it shares with PostgreSQL must catch; a part of `BUGS`. */

const LOG = 'server/platform/log/memory-log.ts'
const STORE = 'server/platform/write/memory-store.ts'
const TIMERS = 'server/platform/memory-timers.ts'

function bug(name: string, caughtBy: string, file: string, right: string, wrong: string) {
  return { name, caughtBy, edits: [{ file, right, wrong }] }
}

export const MEMORY_BUGS = [
  bug(
    'in memory, a checkpoint moves whoever has the lease',
    'server/platform/log/memory-log.test.ts',
    LOG,
    'standing !== undefined && String(standing.token) === token',
    'standing !== undefined && token.length > 0',
  ),
  bug(
    'in memory, a page that was read is handed over twice',
    'server/platform/log/memory-log.test.ts',
    STORE,
    'if (position >= 0n) return Number(position)',
    'if (position >= 0n) return Number(position) - 1',
  ),
  bug(
    'in memory, rows stay that could not all be written',
    'server/platform/log/memory-log.test.ts',
    STORE,
    `      this.tables.takeBack()
      throw error
    }
    this.tables.keep()
  }`,
    `      throw error
    }
    this.tables.keep()
  }`,
  ),
  bug(
    'in memory, a refused commit leaves its first rows',
    'server/platform/write/memory-store.test.ts',
    STORE,
    'this.tables.takeBack(begun)',
    'refused.set(member, refusal)',
  ),
  bug(
    'in memory, who was thought dead still writes',
    'server/platform/write/memory-store.test.ts',
    STORE,
    `if (isOver) throw new TryAgain('the transaction is over')`,
    `if (isOver && writes.rows.length > 0) throw new TryAgain('the transaction is over')`,
  ),
  bug(
    'in memory, a unique key that was given up stays taken',
    'server/platform/write/memory-store.test.ts',
    'server/platform/write/memory-tables.ts',
    'if (old !== undefined) keys.delete(old)',
    'if (old === key) keys.delete(old)',
  ),
  bug(
    'in memory, a claimed timer stays due',
    'server/platform/memory-timers.test.ts',
    TIMERS,
    'each.dueAt = now + 10_000',
    'each.dueAt = now + 0',
  ),
  bug(
    'in memory, an old failure is put on a timer that was set anew',
    'server/platform/memory-timers.test.ts',
    TIMERS,
    'if (found?.attempts !== attempts) return',
    'if (found === undefined) return\n      timers.delete(keyed(tenant, id))',
  ),
  bug(
    'a timer is tried for ever',
    'server/platform/memory-timers.test.ts',
    'server/platform/timers.ts',
    'export const TRIES = 5',
    'export const TRIES = 500',
  ),
  bug(
    'two processes claim one timer',
    'server/platform/postgres-timers.db.test.ts',
    'server/platform/postgres-timers.ts',
    ' for update skip locked',
    '',
  ),
  bug(
    'rows of a projection are written without its checkpoint',
    'server/platform/log/postgres-log.db.test.ts',
    'server/platform/log/postgres-log.ts',
    'run(client, isMoved ? commit : rollback)',
    'run(client, commit)',
  ),
]
