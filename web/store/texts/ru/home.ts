import type { home as english } from '../en/home.ts'

export const home: typeof english = {
  title: (shop) => `${shop}: спортивный магазин`,
  description: (shop) => `${shop}: обувь, одежда и снаряжение для бега, игр с мячом и походов.`,
  newest: 'Новинки',
  cheapest: 'Недорого',
  allOf: (category) => `Всё в «${category}»`,
  hero: 'Снаряжение, с которым хочется выйти из дома',
  heroMore: (products) =>
    `${products} для бега, тренировок, игр и походов: с честной ценой и настоящими остатками на складе.`,
  heroNewest: 'Смотреть новинки',
  heroAll: 'Все товары',
  categories: 'Что вы ищете?',
  brands: 'Бренды',
  all: 'Смотреть все',
}
