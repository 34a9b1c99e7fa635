import type { cart as english } from '../en/cart.ts'
import { plural } from '../plural.ts'

const units = plural('uk', { one: 'товар', few: 'товари', many: 'товарів', other: 'товару' })
const pieces = plural('uk', { one: 'штука', few: 'штуки', many: 'штук', other: 'штуки' })

const problems: Readonly<Record<string, string>> = {
  'cart.sku-unknown': 'Цього товару ми вже не продаємо.',
  'cart.price-missing': 'У валюті вашого кошика цей товар не продається.',
  'cart.full': 'Кошик повний. Спершу оформіть те, що в ньому, а тоді повертайтеся по решту.',
  'cart.too-many-parts': 'Кошик повний. Спершу оформіть те, що в ньому.',
  'cart.line-unknown': 'Цього товару у вашому кошику вже немає.',
  'cart.closed': 'Цей кошик уже став замовленням.',
  'cart.expired': 'Кошик пролежав добу без змін, тож ми його спорожнили.',
  'cart.unknown': 'Ваш кошик порожній.',
  'request.invalid': 'Вкажіть, будь ласка, кількість цілим числом.',
}

export const cart: typeof english = {
  title: 'Кошик',
  elsewhere: (names: string, currency: string) =>
    `Не продається в ${currency}: ${names}. Щоб купити решту в ${currency}, приберіть це з кошика.`,
  count: units,
  empty: 'Кошик порожній',
  emptyMore: 'Щось сподобалося? Покладіть у кошик, і ми одразу відкладемо це для вас.',
  toShop: 'До покупок',
  quantity: (name) => `Кількість: ${name}`,
  less: (name) => `На одну менше: ${name}`,
  more: (name) => `На одну більше: ${name}`,
  remove: 'Прибрати',
  removeOf: (name) => `Прибрати «${name}»`,
  removed: (name) => `«${name}» прибрано з кошика.`,
  undo: 'Повернути',
  update: 'Оновити',
  each: (price) => `${price} за штуку`,
  items: 'Товари',
  delivery: 'Доставка',
  deliveryFrom: (price) => `від ${price}`,
  free: 'безкоштовно',
  total: 'Разом',
  withoutDelivery: 'Разом без доставки',
  toCheckout: 'Оформити замовлення',
  toCart: 'Відкрити кошик',
  goOn: 'Продовжити покупки',
  close: 'Закрити кошик',
  held: 'Відкладено для вас ще на',
  heldMore:
    'Доти ніхто інший цього не купить. Коли час мине, товари знову будуть у продажу, а кошик лишиться таким, як є.',
  heldSoon: (minutes) =>
    `Товари відкладено для вас ще на ${plural('uk', { one: 'хвилину', few: 'хвилини', many: 'хвилин', other: 'хвилини' })(minutes)}.`,
  lapsed: 'Ці товари для вас більше не відкладено',
  lapsedMore: 'Кошик лишився, але тепер ці товари можуть купити й інші.',
  holdAgain: 'Відкласти знову',
  notHeld: 'Більше не відкладено',
  gone: 'Останню штуку щойно забрав інший покупець. Решта кошика лишилася, як була.',
  onlyLeft: (free) => `Лишилося: ${pieces(free)}.`,
  take: (free) => `Узяти ${free}`,
  clearGone: 'Прибрати те, чого вже немає',
  priceKept: (price, time) => `Ціна зросла до ${price}. До ${time} для вас діє попередня.`,
  priceRisen: (old, now) => `Ціна була ${old}, тепер ${now}.`,
  priceFallen: (now) => `Ціна знизилася: ви заплатите ${now}.`,
  totalChanged: (old, now) => `Сума була ${old}, тепер ${now}.`,
  recent: 'Ваші останні замовлення',
  problem({ code, free, limit }) {
    if (code === 'inventory.not-enough') {
      return free === undefined || free === 0
        ? 'Останню штуку щойно забрав інший покупець. Решта кошика лишилася, як була.'
        : `На жаль, лишилося тільки ${pieces(free)}.`
    }
    if (code === 'cart.quantity-too-large') {
      return `В одному замовленні може бути щонайбільше ${pieces(limit ?? 0)}.`
    }
    return problems[code] ?? 'Не вийшло. Спробуйте, будь ласка, ще раз за мить.'
  },
}
