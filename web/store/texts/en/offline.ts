/** What is said without a network, and right after. */
export const offline = {
  saved: (when: string) => `Saved ${when}. Prices and stock may have changed since.`,
  again: 'Load anew',
  waiting: 'Waiting for the network',
  waitingMore:
    'We put these into your cart as soon as you are online. They are not held for you yet.',
  line: (name: string, quantity: number) => (quantity > 1 ? `${name} × ${quantity}` : name),
  cancel: (name: string) => `Do not add: ${name}`,
  cancelShort: 'Do not add',
  added: (names: string) => `In your cart now: ${names}.`,
  refused: (name: string, why: string) => `${name}: ${why}`,
  toCart: 'To the cart',
  close: 'Close',
  unchanged: 'There is no network, so nothing has changed.',
}
