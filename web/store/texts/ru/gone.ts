export const gone = {
  title: (name: string) => `${name}: больше не продаётся`,
  kicker: 'Больше не продаётся',
  more: 'Раньше этот товар был у нас, но его сняли с продажи. Возможно, вам подойдёт что-то из этого.',
  toCategory: (name: string) => `Всё в категории «${name}»`,
  instead: 'Взамен',
}
