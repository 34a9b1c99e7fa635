import { allMembers, type Contract, type Declared } from './contracts.ts'
import { made, table } from './markdown.ts'

/** Every event type a context publishes, with what it means and the facts it carries. */
export function eventsDoc(contracts: readonly Contract[]): string {
  const sections = contracts.flatMap((contract) => {
    const events = contract.types.filter((each) => eventType(each) !== undefined)
    return events.length === 0
      ? []
      : [`## ${contract.context}`, ...events.map((event) => eventSection(event, contract))]
  })

  return [
    '# Events',
    made('the contexts’ `contract.ts` files'),
    'Facts that have been recorded: past tense, ids and facts, never personal data. They grow by ' +
      'optional fields;\nanything else is a new version. Consumers ignore what they do not know.',
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

/** `cart.item-added` for an interface whose `type` is that literal; `undefined` for any other. */
export function eventType(declared: Declared): string | undefined {
  const type = declared.members.find(({ name }) => name === 'type')
  return type === undefined ? undefined : /^'([a-z-]+\.[a-z-]+)'$/.exec(type.type)?.[1]
}

function eventSection(event: Declared, contract: Contract): string {
  const facts = allMembers(event, contract).filter(({ name }) => name !== 'type')
  const rows = facts.map(({ name, type, says }) => [`\`${name}\``, `\`${type}\``, says ?? ''])
  return [
    `### ${eventType(event)}`,
    event.says ?? '',
    ...(rows.length === 0 ? [] : [table(['Fact', 'Type', 'Meaning'], rows)]),
  ].join('\n\n')
}
