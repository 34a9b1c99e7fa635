import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ServerBuild } from 'react-router'

/** As much of Vite's manifest as is read here, by the source or the name of a file. */
type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string
      readonly imports?: readonly string[]
      readonly dynamicImports?: readonly string[]
    }
  >
>

/** What a page will need and would ask for late. */
export interface Early {
  /** Paths of files for a page of these routes in a language. */
  filesOf(routeIds: readonly string[], language: string): readonly string[]
}

const TEXTS = 'web/store/texts/'
const STAND_IN = 'en'

/**
 * Scripts ask for the sentences of their language when they run, which is a way to the server and back
 * after they have come. The head of the page names those files at once.
 */
export function openEarly(client: string, assets: ServerBuild['assets']): Early {
  const file = join(client, '.vite', 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  const keys = new Map(Object.entries(manifest).map(([key, each]) => [`/${each.file}`, key]))
  const known = new Map<string, readonly string[]>()

  function filesOf(routeIds: readonly string[], language: string): readonly string[] {
    const modules = routeIds.flatMap((id) => assets.routes[id]?.module ?? [])
    const begin = [assets.entry.module, ...modules].flatMap((path) => keys.get(path) ?? [])
    const found = new Map<string, string>()
    for (const key of askedLateBy(manifest, begin)) {
      const [, name = '', part = ''] =
        /^([a-z]{2,3})(\/.*|\.ts)$/.exec(key.slice(TEXTS.length)) ?? []
      const isWanted = name === language || (name === STAND_IN && !found.has(part))
      const each = manifest[key]
      if (isWanted && each !== undefined) found.set(part, each.file)
    }
    return [...found.values()].map((path) => `/${path}`)
  }

  return {
    filesOf(routeIds, language) {
      const key = [language, ...routeIds].join(' ')
      const files = known.get(key) ?? filesOf(routeIds, language)
      // As many as there are routes and languages: a shop has no other.
      known.set(key, files)
      return files
    },
  }
}

/** Files of texts that these files import while they run, themselves or what they need. */
function askedLateBy(manifest: Manifest, begin: readonly string[]): ReadonlySet<string> {
  const late = new Set<string>()
  const seen = new Set<string>()
  const open = [...begin]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    const { imports = [], dynamicImports = [] } = manifest[key] ?? {}
    open.push(...imports)
    for (const each of dynamicImports) if (each.startsWith(TEXTS)) late.add(each)
  }
  return late
}
