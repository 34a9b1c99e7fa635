export const gone = {
  title: (name: string) => `${name}: більше не продається`,
  kicker: 'Більше не продається',
  more: 'Раніше цей товар був у нас, але його знято з продажу. Можливо, вам підійде щось із цього.',
  toCategory: (name: string) => `Усе в категорії «${name}»`,
  instead: 'Натомість',
}
