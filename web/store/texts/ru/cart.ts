import type { cart as english } from '../en/cart.ts'
import { plural } from '../plural.ts'

const units = plural('ru', { one: 'товар', few: 'товара', many: 'товаров', other: 'товара' })
const pieces = plural('ru', { one: 'штука', few: 'штуки', many: 'штук', other: 'штуки' })

const problems: Readonly<Record<string, string>> = {
  'cart.sku-unknown': 'Этот товар больше не продаётся.',
  'cart.price-missing': 'В валюте вашей корзины этот товар не продаётся.',
  'cart.full':
    'Корзина заполнена. Сначала оформите то, что в ней, а потом возвращайтесь за остальным.',
  'cart.too-many-parts': 'Корзина заполнена. Сначала оформите то, что в ней.',
  'cart.line-unknown': 'Этого товара в вашей корзине уже нет.',
  'cart.closed': 'Эта корзина уже стала заказом.',
  'cart.expired': 'Корзина пролежала сутки без изменений, и мы её очистили.',
  'cart.unknown': 'Ваша корзина пуста.',
  'request.invalid': 'Укажите, пожалуйста, количество целым числом.',
}

export const cart: typeof english = {
  title: 'Корзина',
  elsewhere: (names: string, currency: string) =>
    `Не продаётся в ${currency}: ${names}. Чтобы купить остальное в ${currency}, уберите это из корзины.`,
  count: units,
  empty: 'Корзина пуста',
  emptyMore: 'Что-то понравилось? Положите в корзину, и мы сразу отложим это для вас.',
  toShop: 'За покупками',
  quantity: (name) => `Количество: ${name}`,
  less: (name) => `На одну меньше: ${name}`,
  more: (name) => `На одну больше: ${name}`,
  remove: 'Убрать',
  removeOf: (name) => `Убрать «${name}»`,
  removed: (name) => `«${name}» больше не в корзине.`,
  undo: 'Вернуть',
  update: 'Обновить',
  each: (price) => `${price} за штуку`,
  items: 'Товары',
  delivery: 'Доставка',
  deliveryFrom: (price) => `от ${price}`,
  free: 'бесплатно',
  total: 'Итого',
  withoutDelivery: 'Итого без доставки',
  toCheckout: 'Оформить заказ',
  toCart: 'Открыть корзину',
  goOn: 'Продолжить покупки',
  close: 'Закрыть корзину',
  held: 'Отложено для вас ещё на',
  heldMore:
    'До тех пор никто другой это не купит. Когда время выйдет, товары снова поступят в продажу, а корзина останется как есть.',
  heldSoon: (minutes) =>
    `Товары отложены для вас ещё на ${plural('ru', { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' })(minutes)}.`,
  lapsed: 'Эти товары для вас больше не отложены',
  lapsedMore: 'Корзина осталась, но теперь эти товары могут купить и другие.',
  holdAgain: 'Отложить снова',
  notHeld: 'Больше не отложено',
  gone: 'Последнюю штуку только что забрал другой покупатель. Остальное в корзине — как было.',
  onlyLeft: (free) => `Осталось: ${pieces(free)}.`,
  take: (free) => `Взять ${free}`,
  clearGone: 'Убрать то, чего уже нет',
  priceKept: (price, time) => `Цена выросла до ${price}. До ${time} для вас действует прежняя.`,
  priceRisen: (old, now) => `Цена была ${old}, теперь ${now}.`,
  priceFallen: (now) => `Цена снизилась: вы заплатите ${now}.`,
  totalChanged: (old, now) => `Сумма была ${old}, теперь ${now}.`,
  recent: 'Ваши последние заказы',
  problem({ code, free, limit }) {
    if (code === 'inventory.not-enough') {
      return free === undefined || free === 0
        ? 'Последнюю штуку только что забрал другой покупатель. Остальное в корзине — как было.'
        : `К сожалению, осталось только ${pieces(free)}.`
    }
    if (code === 'cart.quantity-too-large') {
      return `В одном заказе может быть не больше ${pieces(limit ?? 0)}.`
    }
    return problems[code] ?? 'Не получилось. Попробуйте, пожалуйста, ещё раз через мгновение.'
  },
}
