interface Problem {
  readonly code: string
}

const problems: Readonly<Record<string, string>> = {
  'payments.provider-down':
    'The bank does not answer just now. Your order is kept and nothing is charged twice: wait and ask again, or pay another way.',
  'payments.closed': 'This payment has ended by now. Look at the order below.',
  'checkout.payment-open':
    'The bank has not said yet what became of the first payment. So that nothing is paid twice, another way opens as soon as it has, or in about a minute. Please try again then.',
  'checkout.payment-under-way': 'The order is being paid just now, so it cannot be cancelled.',
  'checkout.payment-method-unknown': 'This way of paying is not available now. Choose another one.',
  'checkout.not-payable': 'This order cannot be paid any more.',
  'checkout.sold-out':
    'The goods were gone before the payment came. The order is cancelled and your money is on its way back.',
  'orders.illegal-move': 'The order has moved on meanwhile and cannot be cancelled.',
}

export const orders = {
  title: (number: string) => `Order ${number}`,
  thanks: 'Thank you! Your order is confirmed',
  thanksMore: 'How far it is stays on this page; it opens in this browser at any time.',
  reserved: 'The order is placed, but not paid yet',
  reservedMore: (time: string) => `Your goods are set aside until ${time}. Pay before then.`,
  paying: 'The payment is on its way …',
  payingMore:
    'The bank has not answered yet. You may close this page: as soon as the money comes, the order is confirmed. Nothing is charged twice.',
  bank: 'The bank asks you to confirm the payment',
  bankMore: 'Confirm it on the page of the bank; afterwards you come back here.',
  askAgain: 'Ask the bank again',
  otherWay: 'Pay another way',
  toBank: 'Go to the bank',
  declined: 'The bank declined the payment',
  declinedMore: (time: string) =>
    `Nothing was charged, and your goods stay set aside until ${time}. Try again or pay another way.`,
  cancelled: 'The order is cancelled',
  cancelledBecause: {
    buyer: 'You cancelled it.',
    staff: 'The shop cancelled it.',
    'not-paid-in-time': 'It was not paid in time, so the goods are for sale again.',
    'sold-out': 'The goods were gone before the payment came.',
  } as Readonly<Record<string, string>>,
  moneyBack: 'What you paid goes back the way it came.',
  fulfilled: 'The order has been handed over',
  fulfilledMore: 'Enjoy it!',
  steps: { placed: 'Placed', paid: 'Paid', handed: 'Handed over' },
  stepsLabel: 'How far the order is',
  now: 'now',
  pay: (total: string) => `Pay ${total}`,
  payAgain: (total: string) => `Try again: ${total}`,
  payingShort: 'Paying …',
  payBy: 'Pay by',
  cancel: 'Cancel the order',
  cancelSure: 'Really cancel the order?',
  cancelYes: 'Yes, cancel it',
  again: 'Order again',
  againMissing: 'Some of it is no longer there, the rest is in your cart.',
  items: 'What you ordered',
  money: 'Money',
  goods: 'Goods',
  discount: 'Discount',
  delivery: 'Delivery',
  taxIn: (name: string) => `of it ${name}`,
  tax: 'Tax',
  total: 'Total',
  back: 'Given back',
  free: 'free',
  to: 'Delivery to',
  contact: 'Contact',
  history: 'What happened',
  problem: ({ code }: Problem) =>
    problems[code] ?? 'That did not work. Please try again in a moment.',
}
