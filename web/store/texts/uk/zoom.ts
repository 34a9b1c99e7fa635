import type { zoom as english } from '../en/zoom.ts'

export const zoom: typeof english = {
  larger: 'Більше',
  smaller: 'Менше',
  before: 'Попередня світлина',
  next: 'Наступна світлина',
  close: 'Закрити',
  panHint: 'Рухайте світлину мишею, пальцем або стрілками.',
}
