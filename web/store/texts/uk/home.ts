import type { home as english } from '../en/home.ts'

export const home: typeof english = {
  title: (shop) => `${shop}: спортивна крамниця`,
  description: (shop) => `${shop}: взуття, одяг і спорядження для бігу, ігор із мʼячем і мандрів.`,
  newest: 'Новинки',
  cheapest: 'Недорого',
  allOf: (category) => `Усе в «${category}»`,
}
