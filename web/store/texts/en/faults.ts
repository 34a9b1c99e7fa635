export const faults = {
  notFound: 'There is no such page',
  notFoundMore: 'It may have been moved or sold for good. The search finds what is there.',
  broken: 'Something went wrong on our side',
  brokenMore: 'Nothing of yours is lost. Please try again in a moment.',
  home: 'To the front page',
  again: 'Try again',
}
