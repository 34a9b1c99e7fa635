import type { languages as english } from '../en/languages.ts'

export const languages: typeof english = { uk: 'Українська', ru: 'Русский', en: 'English' }
