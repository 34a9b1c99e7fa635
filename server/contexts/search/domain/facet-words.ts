import type { Texts } from './entry.ts'

/** What the facets are called that every shop has. English first: it is shown where nothing fits better. */
export const PLACES: Readonly<Record<'category' | 'brand', Texts>> = {
  category: { en: 'Category', uk: 'Категорія', ru: 'Категория', pl: 'Kategoria', de: 'Kategorie' },
  brand: { en: 'Brand', uk: 'Бренд', ru: 'Бренд', pl: 'Marka', de: 'Marke' },
}

/** What an attribute that is true or false is said to be. */
export const ANSWERS: Readonly<Record<string, Texts>> = {
  true: { en: 'Yes', uk: 'Так', ru: 'Да', pl: 'Tak', de: 'Ja' },
  false: { en: 'No', uk: 'Ні', ru: 'Нет', pl: 'Nie', de: 'Nein' },
}
