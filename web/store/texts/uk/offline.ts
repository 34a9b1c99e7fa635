import type { offline as english } from '../en/offline.ts'

export const offline: typeof english = {
  saved: (when) => `Збережено ${when}. Відтоді ціни й наявність могли змінитися.`,
  again: 'Завантажити знову',
  waiting: 'Чекаємо на мережу',
  waitingMore:
    'Покладемо це в кошик, щойно зʼявиться звʼязок. Поки що товар для вас не відкладено.',
  line: (name, quantity) => (quantity > 1 ? `${name} × ${quantity}` : name),
  cancel: (name) => `Не додавати: ${name}`,
  cancelShort: 'Не додавати',
  added: (names) => `Уже у вашому кошику: ${names}.`,
  refused: (name, why) => `${name}: ${why}`,
  toCart: 'До кошика',
  close: 'Закрити',
  unchanged: 'Немає мережі, тож нічого не змінилося.',
}
