/** What the test provider takes; the API does not say yet what the provider of a shop does. */
export const PAYMENT_METHODS = ['card', 'card-redirect', 'card-slow', 'card-declined'] as const
