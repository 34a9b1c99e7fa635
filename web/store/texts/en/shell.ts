export const shell = {
  skip: 'Skip to content',
  search: 'Search',
  searchHint: 'Shoes, balls, brands …',
  categories: 'Categories',
  cart: 'Cart',
  account: 'Account',
  language: 'Language',
  menu: 'Menu',
  close: 'Close',
  forDevelopers: 'For developers: API and documentation',
}
