/** How a part of the sentences is fetched, in each language that the storefront speaks. */
type Fetched<Module> = Readonly<Record<string, () => Promise<Module>>>

/**
 * Sentences that only some pages say come with those pages: who looks at a product loads none of the
 * checkout's. A browser loads one language, whoever renders has them all. A file that asks for a part
 * awaits it before anything of it is shown; the head of a page names the files (`server/pages/early.ts`), so
 * that they are on their way before the first script has been read.
 *
 * English stands in for a language that the storefront does not speak.
 */
export async function openPart<Module, Part>(
  fetched: Fetched<Module>,
  partOf: (module: Module) => Part,
): Promise<(language: string) => Part> {
  const known = new Map<string, Part>()
  await Promise.all(
    wanted(fetched).map(async (language) => {
      const module = await fetched[language]?.()
      if (module !== undefined) known.set(language, partOf(module))
    }),
  )
  return (language) => {
    const part = known.get(language) ?? known.get('en')
    if (part === undefined) throw new Error(`There are no texts in ${language}.`)
    return part
  }
}

function wanted<Module>(fetched: Fetched<Module>): readonly string[] {
  if (typeof document === 'undefined') return Object.keys(fetched)
  const { lang } = document.documentElement
  return [lang in fetched ? lang : 'en']
}
