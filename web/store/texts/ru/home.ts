import type { home as english } from '../en/home.ts'

export const home: typeof english = {
  title: (shop) => `${shop}: спортивный магазин`,
  description: (shop) => `${shop}: обувь, одежда и снаряжение для бега, игр с мячом и походов.`,
  newest: 'Новинки',
  cheapest: 'Недорого',
  allOf: (category) => `Всё в «${category}»`,
}
