import type { offline as english } from '../en/offline.ts'

export const offline: typeof english = {
  saved: (when) => `Сохранено ${when}. С тех пор цены и наличие могли измениться.`,
  again: 'Загрузить заново',
  waiting: 'Ждём сеть',
  waitingMore: 'Положим это в корзину, как только появится связь. Пока товар для вас не отложен.',
  line: (name, quantity) => (quantity > 1 ? `${name} × ${quantity}` : name),
  cancel: (name) => `Не добавлять: ${name}`,
  cancelShort: 'Не добавлять',
  added: (names) => `Уже в вашей корзине: ${names}.`,
  refused: (name, why) => `${name}: ${why}`,
  toCart: 'В корзину',
  close: 'Закрыть',
  unchanged: 'Нет сети, поэтому ничего не изменилось.',
}
