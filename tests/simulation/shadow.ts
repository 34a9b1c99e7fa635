/**
 * What the log of a memory store says, kept apart from the product's own books: events by stream,
 * and every account and hold added up anew from the transfers. Reads ask it, and the invariants
 * compare it with what the store has.
 */
import type { TenantId } from '../../server/platform/ids.ts'
import type {
  LogEntry,
  LoggedEvent,
  LoggedTransfer,
} from '../../server/platform/log/subscription.ts'
import { keyed } from '../../server/platform/write/settle.ts'

export interface SeenHold {
  readonly tenant: TenantId
  readonly id: string
  readonly unit: string
  readonly account: string
  amount: number
}

export class Shadow {
  readonly events = new Map<string, LoggedEvent[]>()
  readonly posted = new Map<string, number>()
  readonly held = new Map<string, number>()
  readonly holds = new Map<string, SeenHold>()
  /** By tenant and unit, the names of accounts with a limit that a transfer ever touched. */
  readonly accounts = new Map<string, Set<string>>()
  /** By tenant and hold, the account its units were last sold from. */
  readonly soldFrom = new Map<string, { account: string; unit: string }>()
  private readonly log: readonly LogEntry[]
  private next = 0

  constructor(log: readonly LogEntry[]) {
    this.log = log
  }

  /** Everything that was not yet heard, heard now. */
  catchUp(): readonly LogEntry[] {
    if (this.next === this.log.length) return NOTHING
    const news = this.log.slice(this.next)
    this.next = this.log.length
    for (const entry of news) {
      if (entry.kind === 'event') this.hearEvent(entry)
      else this.hearTransfer(entry)
    }
    return news
  }

  private hearEvent(entry: LoggedEvent): void {
    const name = keyed(entry.tenant, entry.stream)
    const known = this.events.get(name)
    if (known === undefined) this.events.set(name, [entry])
    else known.push(entry)
  }

  private hearTransfer({ tenant, entry }: LoggedTransfer): void {
    const { verb, from, to, amount, hold } = entry
    const source = keyed(tenant, from.unit, from.name)
    const target = keyed(tenant, to.unit, to.name)
    this.note(tenant, from)
    this.note(tenant, to)
    if (verb === 'move' || verb === 'post') {
      add(this.posted, source, -amount)
      add(this.posted, target, amount)
    }
    if (verb === 'move' || hold === undefined) return
    add(this.held, source, verb === 'hold' ? amount : -amount)
    const id = keyed(tenant, hold)
    if (verb === 'hold') {
      this.holds.set(id, { tenant, id: hold, unit: from.unit, account: from.name, amount })
      return
    }
    if (verb === 'post') this.soldFrom.set(id, { account: from.name, unit: from.unit })
    const open = this.holds.get(id)
    if (open === undefined) return
    open.amount -= amount
    if (open.amount === 0) this.holds.delete(id)
  }

  private note(tenant: TenantId, { name, unit }: { name: string; unit: string }): void {
    if (name.startsWith('world/')) return
    const key = keyed(tenant, unit)
    const known = this.accounts.get(key)
    if (known === undefined) this.accounts.set(key, new Set([name]))
    else known.add(name)
  }
}

const NOTHING: readonly LogEntry[] = []

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}
