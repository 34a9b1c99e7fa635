/** Looks in all answers for ids that whoever got the answer may not know. */
import type { Asked, Cell } from './cells.ts'
import type { Accounts } from './people.ts'
import type { Thing } from './things.ts'

interface Made {
  /** Shop, kind, and owner. */
  readonly name: string
  readonly thing: Thing
}

/** Things of persons that staff see too. */
const SEEN_BY_STAFF = new Set(['user', 'order', 'payment', 'orderNumber'])

/** What opens something to whoever has it. */
const KEYS = new Set(['refreshToken', 'session', 'cart'])

/** A currency: longer ones come about by chance nowhere. */
const SHORT = 3

const STAFF = new Set(['staff', 'admin'])

/** One sentence for each id in an answer to somebody who has neither sent it nor may see it. */
export function leaks(
  asked: readonly Asked[],
  made: readonly Made[],
  accounts: Accounts,
): string[] {
  const secrets = made.flatMap(({ name, thing }) => {
    const keys = Object.values(thing.shown ?? {}).map((id) => ({
      id,
      name: `key of ${name}`,
      made: name,
    }))
    return [{ id: thing.id, name, made: name }, ...keys]
  })
  const found = new Set<string>()
  for (const { cell, answer, sent } of asked) {
    const text = JSON.stringify(answer.body) + JSON.stringify(answer.headers)
    for (const { id, name } of secrets) {
      if (!names(text, id) || maySee(name, cell, accounts)) continue
      if (sent.some((each) => each.includes(id))) continue
      found.add(`${cell.operation.id} tells ${cell.person.name} of ${name}: ${id}`)
    }
  }
  return [...found]
}

function maySee(name: string, { person: { is }, whose }: Cell, accounts: Accounts): boolean {
  const isKey = name.startsWith('key of ')
  const [shop = '', kind = '', owner = ''] = name.replace('key of ', '').split(' ')
  if (shop !== 'demo') return false
  const isOwner = typeof is === 'object' && is.userId === owner
  if (isOwner) return true
  if (isKey || KEYS.has(kind)) return false
  if (!SEEN_BY_STAFF.has(kind)) return true
  // Whoever has the key to an order reads whose it is and how it is paid.
  if (whose === 'bystander, key shown' && owner === accounts.bystander.id) return true
  const isStaff = typeof is === 'object' && is.roles.some((role) => STAFF.has(role))
  // A worker reads whose request moved units; the id of a user opens nothing to a worker.
  const isWorker = typeof is === 'object' && is.roles.includes('warehouse')
  return isStaff || (kind === 'user' && isWorker)
}

/** A code of three letters is found in any token sooner or later: it counts where it stands by itself. */
function names(text: string, id: string): boolean {
  if (id.length > SHORT) return text.includes(id)
  return new RegExp(`(?<![\\w-])${RegExp.escape(id)}(?![\\w-])`).test(text)
}
