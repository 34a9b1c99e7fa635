/** Every named statement of the program, as its modules name them: none can be left out of a list. */
import { readdirSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const SERVER = join(import.meta.dirname, '..', '..', 'server')
const MAKES = 'return { name, text }'

export interface Named {
  readonly name: string
  readonly text: string
}

/**
 * Imports every module that names a statement and hears each as it is named. Call it before anything
 * else has imported one of them: a module runs once.
 */
export async function everyStatement(): Promise<readonly Named[]> {
  const heard = new Map<string, Named>()
  const hear = (named: Named): Named => {
    heard.set(named.name, named)
    return named
  }
  Object.assign(globalThis, { hearStatement: hear })
  const hooks = registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith('/server/platform/db/statement.ts')) return loaded
      const source = readFileSync(fileURLToPath(url), 'utf8')
      if (!source.includes(MAKES)) throw new Error('statements are made in another way now')
      return {
        ...loaded,
        source: source.replace(MAKES, 'return globalThis.hearStatement({ name, text })'),
      }
    },
  })
  try {
    for (const file of filesThatNameSome()) await import(pathToFileURL(file).href)
  } finally {
    hooks.deregister()
  }
  return [...heard.values()]
}

function filesThatNameSome(): string[] {
  return readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(path))
    .map((path) => join(SERVER, path))
    .filter((file) => /\bstatement(<|\()/.test(readFileSync(file, 'utf8')))
}
