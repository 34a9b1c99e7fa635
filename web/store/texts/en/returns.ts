interface Problem {
  readonly code: string
  readonly left?: number
  readonly until?: string
}

const problems: Readonly<Record<string, string>> = {
  nothing: 'Say how many of which you want to return.',
  reason: 'Choose why it goes back.',
  'returns.not-returnable': 'Nothing of this order can be returned now.',
  'returns.too-late': 'The days in which this order can be returned are over.',
  'returns.too-many': 'Returns of this order were asked for too often. Please write to the shop.',
  'returns.not-ordered': 'This is not in the order any more. Please open the page anew.',
  'returns.not-open': 'The shop has decided on this return meanwhile.',
  'request.invalid': 'Please check what you have typed.',
}

export const returns = {
  title: 'Returns',
  link: 'Return something',
  until: (day: string) => `Possible until ${day}.`,
  newTitle: (number: string) => `Return from order ${number}`,
  lead: 'Say what goes back and why. The shop answers here, on the page of the order; the money follows when the goods are with it.',
  what: 'What do you want to return?',
  units: (name: string) => `How many: ${name}`,
  of: (left: number) => `of ${left}`,
  why: 'Why?',
  choose: 'Choose a reason',
  reasons: {
    'wrong-size': 'The size does not fit',
    'changed-mind': 'I have changed my mind',
    damaged: 'It came damaged or is faulty',
    'wrong-item': 'It is not what I ordered',
    'not-as-described': 'It is not as described',
    other: 'Another reason',
  } as Readonly<Record<string, string>>,
  comment: 'Anything the shop should know (optional)',
  send: 'Ask for the return',
  back: 'Back to the order',
  nothingLeft: 'Nothing of this order can be returned now',
  nothingLeftMore: 'Either all of it was asked back, or it was not paid, or its days are over.',
  sent: (number: string) =>
    `The return ${number} is asked for. The shop looks at it and answers here.`,
  state: {
    requested: 'Waits for the shop',
    approved: 'Approved',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
  } as Readonly<Record<string, string>>,
  approvedMore: 'Send the goods back or bring them; the money follows when they are with the shop.',
  number: (number: string) => `Return ${number}`,
  asked: (day: string) => `asked for on ${day}`,
  because: 'The shop says:',
  withdraw: 'Withdraw',
  withdrawOf: (number: string) => `Withdraw the return ${number}`,
  ofOrder: (number: string) => `Order ${number}`,
  none: 'No returns yet',
  noneMore: 'What you want to give back is asked for on the page of its order.',
  toOrders: 'My orders',
  older: 'Older returns',
  newest: 'To the newest',
  problem: ({ code, left }: Problem) =>
    code === 'returns.too-many-units'
      ? `That is more than can be returned: ${left ?? 0} are left.`
      : (problems[code] ?? 'That did not work. Please try again in a moment.'),
}
