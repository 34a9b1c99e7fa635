import { plural } from '../plural.ts'

const units = plural('en', { one: 'item', other: 'items' })

export const shell = {
  skip: 'Skip to content',
  search: 'Search',
  searchHint: 'Shoes, balls, brands …',
  categories: 'Categories',
  cart: 'Cart',
  cartWith: (count: number) => (count === 0 ? 'Cart, empty' : `Cart, ${units(count)}`),
  account: 'Account',
  language: 'Language',
  pricesIn: (currency: string) => `Prices in ${currency}`,
  menu: 'Menu',
  close: 'Close',
  forDevelopers: 'For developers: API and documentation',
  accountOf: (name: string) => `Account: ${name}`,
  orders: 'My orders',
  register: 'Create an account',
  delivery: 'Delivery',
  deliveryBy: { post: 'Post', courier: 'Courier', pickup: 'Pickup' } as Readonly<
    Record<string, string>
  >,
  free: 'Free',
  wishlist: 'Wishlist',
}
