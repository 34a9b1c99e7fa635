export const gone = {
  title: (name: string) => `${name} is no longer sold`,
  kicker: 'No longer sold',
  more: 'We sold it once and do so no longer. These may suit you just as well.',
  toCategory: (name: string) => `All of ${name}`,
  instead: 'Instead of it',
}
