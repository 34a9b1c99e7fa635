import type { home as english } from '../en/home.ts'

export const home: typeof english = {
  title: (shop) => `${shop}: спортивна крамниця`,
  description: (shop) => `${shop}: взуття, одяг і спорядження для бігу, ігор із мʼячем і мандрів.`,
  newest: 'Новинки',
  cheapest: 'Недорого',
  allOf: (category) => `Усе в «${category}»`,
  hero: 'Спорядження, з яким хочеться вийти з дому',
  heroMore: (products) =>
    `${products} для бігу, тренувань, ігор і мандрів: із чесною ціною та справжніми залишками на складі.`,
  heroNewest: 'Дивитися новинки',
  heroAll: 'Усі товари',
  categories: 'Що ви шукаєте?',
  brands: 'Бренди',
  all: 'Дивитися всі',
}
