export const home = {
  title: (shop: string) => `${shop}: sports shop`,
  description: (shop: string) =>
    `${shop}: shoes, clothes and gear for running, ball games and the outdoors.`,
  newest: 'New in',
  cheapest: 'Easy on the purse',
  allOf: (category: string) => `All of ${category}`,
  hero: 'Gear that makes you want to go out',
  heroMore: (products: string) =>
    `${products} for running, training, playing and the outdoors, each with its honest price and what is in stock right now.`,
  heroNewest: 'See what is new',
  heroAll: 'All products',
  categories: 'What are you looking for?',
  brands: 'Brands',
  all: 'See all',
}
