import type { zoom as english } from '../en/zoom.ts'

export const zoom: typeof english = {
  larger: 'Крупнее',
  smaller: 'Мельче',
  before: 'Предыдущая фотография',
  next: 'Следующая фотография',
  close: 'Закрыть',
  panHint: 'Двигайте фотографию мышью, пальцем или стрелками.',
}
