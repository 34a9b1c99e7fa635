import type { Contract, Declared } from './contracts.ts'
import { eventType } from './events.ts'
import { firstSentence, made, table } from './markdown.ts'

/** A method that hands the caller parts of its own commit: both happen together or not at all. */
export interface SharedPort {
  /** `inventory.hold`: the context and the method. */
  readonly name: string
  readonly signature: string
  readonly says: string
  /** Contexts that know this one's contract and so may call it. */
  readonly knownBy: readonly string[]
}

/** What each context offers and whom it knows, and which ports tie two of them to one database. */
export function contextsDoc(contracts: readonly Contract[]): string {
  const shared = sharedPorts(contracts).map((port) => [
    `\`${port.name}${port.signature}\``,
    port.says,
    port.knownBy.join(', '),
  ])
  return [
    '# Contexts',
    made('the contexts’ `contract.ts` files and their imports'),
    '## Ports that return parts of a commit',
    'Whoever calls one of these commits what it returns with its own changes: both or neither, in ' +
      'one database.\nThe list may shrink freely and grows only by a decision record that names the port.',
    shared.length === 0 ? 'None yet.' : table(['Port', 'What it promises', 'Known to'], shared),
    ...contracts.map(section),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

/** All ports that return parts of a commit, by their interfaces' methods. */
export function sharedPorts(contracts: readonly Contract[]): SharedPort[] {
  return contracts.flatMap((contract) => {
    const parts = closure(contract, contract.parts)
    const events = closure(
      contract,
      contract.types.filter((each) => eventType(each) !== undefined).map(({ name }) => name),
    )
    return contract.types.flatMap((declared) =>
      declared.members
        .filter(({ isMethod, returns }) => {
          // What comes as a promise has been done; events that come at once are to be appended.
          const isDone = returns.includes('Promise')
          return (
            isMethod && returns.some((name) => parts.has(name) || (!isDone && events.has(name)))
          )
        })
        .map((member) => ({
          name: `${contract.context}.${member.name}`,
          signature: member.type,
          says: firstSentence(member.says ?? declared.says),
          knownBy: contracts
            .filter(({ knows }) => knows.includes(contract.context))
            .map(({ context }) => context),
        })),
    )
  })
}

/** These types and the contract's own types made of them, however deep; ports are made of nothing. */
function closure(contract: Contract, seed: readonly string[]): Set<string> {
  const parts = new Set(seed)
  for (let before = -1; before !== parts.size;) {
    before = parts.size
    for (const { name, mentions, members } of contract.types) {
      const isPort = members.some(({ isMethod }) => isMethod)
      if (!isPort && mentions.some((each) => each !== name && parts.has(each))) parts.add(name)
    }
  }
  return parts
}

function section(contract: Contract): string {
  const ports = contract.types.filter((each) => each.members.some(({ isMethod }) => isMethod))
  const events = contract.types.flatMap((each) => eventType(each) ?? [])
  return [
    `## ${contract.context}`,
    (contract.says ?? '').split('\n\n')[0] ?? '',
    ...ports.map(portSection),
    ...(events.length === 0
      ? []
      : [`Publishes ${events.map((each) => `\`${each}\``).join(', ')}.`]),
    contract.knows.length === 0 ? 'Knows no other context.' : `Knows ${contract.knows.join(', ')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function portSection(port: Declared): string {
  const rows = port.members
    .filter(({ isMethod }) => isMethod)
    .map(({ name, type, says }) => [`\`${name}${type}\``, firstSentence(says)])
  const head = `**${port.name}** ${firstSentence(port.says)}`.trim()
  return [head, table(['Method', 'Promise'], rows)].join('\n\n')
}
