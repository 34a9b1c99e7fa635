/** Of pages that stand when nothing else does: each says what happened and what one can do. */
export const plain = {
  unavailable: 'The shop will be back in a moment',
  unavailableMore:
    'We cannot reach our stock just now, and we would rather show nothing than something wrong. Your cart and orders are safe.',
  broken: 'Something went wrong on our side',
  brokenMore: 'Nothing of yours is lost. Please try again in a moment.',
  missing: 'There is no such page',
  missingMore: 'The address may have been mistyped.',
  forged: 'This form came from another site',
  forgedMore:
    'To be on the safe side we did nothing. If it was you, please do it here in the shop.',
  offline: 'You are offline',
  offlineMore: 'This page has not been saved on your device, so it needs the network.',
  saved: 'What you looked at lately and can read without the network',
  again: 'Try again',
  home: 'To the front page',
}
