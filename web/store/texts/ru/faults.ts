import type { faults as english } from '../en/faults.ts'

export const faults: typeof english = {
  notFound: 'Такой страницы нет',
  notFoundMore: 'Возможно, её перенесли или товар больше не продаётся. Поиск найдёт то, что есть.',
  broken: 'У нас что-то сломалось',
  brokenMore: 'Ничего вашего не потеряно. Попробуйте, пожалуйста, через мгновение.',
  home: 'На главную',
  again: 'Попробовать ещё раз',
}
