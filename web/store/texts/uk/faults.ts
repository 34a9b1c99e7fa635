import type { faults as english } from '../en/faults.ts'

export const faults: typeof english = {
  notFound: 'Такої сторінки немає',
  notFoundMore: 'Можливо, її перенесено або товар уже не продається. Пошук знайде те, що є.',
  broken: 'У нас щось зламалося',
  brokenMore: 'Нічого вашого не втрачено. Спробуйте, будь ласка, за мить.',
  home: 'На головну',
  again: 'Спробувати ще раз',
}
