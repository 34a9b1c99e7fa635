export const languages = { uk: 'Українська', ru: 'Русский', en: 'English' } as Readonly<
  Record<string, string>
>
