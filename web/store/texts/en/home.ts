export const home = {
  title: (shop: string) => `${shop}: sports shop`,
  description: (shop: string) =>
    `${shop}: shoes, clothes and gear for running, ball games and the outdoors.`,
  newest: 'New in',
  cheapest: 'Easy on the purse',
  allOf: (category: string) => `All of ${category}`,
}
