import { surplus } from './kinds.ts'

/** What the build says: its name, the files every page needs, and those of each language. */
export interface Build {
  readonly version: string
  readonly files: readonly string[]
  readonly languages: Readonly<Record<string, readonly string[]>>
}

export const FILES = 'files '
export const PAGES = 'pages'
export const PERSONAL = 'personal'
export const PICTURES = 'pictures'
/** Offline pages, looks and who is nobody. */
export const SHELL = 'shell'

const MOST_PAGES = 30
const MOST_PICTURES = 150
/** Saved so lately, a page that is looked at again without a document is not asked for again. */
const FRESH_MS = 10 * 60_000

const SAVED_AT = 'x-saved-at'
const SAVED_BY = 'x-saved-by'

/** When an answer was saved, as milliseconds. */
export function savedAt(answer: Response): number {
  return Number(answer.headers.get(SAVED_AT))
}

/** Keeps what an answer says, with when and by which build; one that is no plain success is not kept. */
export async function keep(
  cache: string,
  key: string,
  answer: Response,
  { version }: Build,
): Promise<void> {
  if (answer.status !== 200 || answer.redirected) return
  const headers = new Headers(answer.headers)
  headers.set(SAVED_AT, String(Date.now()))
  headers.set(SAVED_BY, version)
  // What was unpacked on the way is not packed any more.
  headers.delete('content-encoding')
  headers.delete('content-length')
  const opened = await caches.open(cache)
  // Put behind the others: what was seen last goes last.
  await opened.delete(key)
  await opened.put(key, new Response(await answer.blob(), { headers }))
}

export async function kept(cache: string, key: string): Promise<Response | undefined> {
  return (await caches.open(cache)).match(key)
}

/** Asks for a page as a document and keeps it with what it needs, unless that was done just now. */
export async function savePage(
  path: string,
  build: Build,
  isPersonal: boolean,
  isStill: () => boolean,
): Promise<void> {
  const cache = isPersonal ? PERSONAL : PAGES
  const old = await kept(cache, path)
  if (!isPersonal && old !== undefined && Date.now() - savedAt(old) < FRESH_MS) return
  const answer = await fetch(path, {
    credentials: isPersonal ? 'same-origin' : 'omit',
    headers: { accept: 'text/html' },
  })
  await keepPage(path, answer, build, isPersonal, isStill)
}

/** Keeps a page that has come while it still may, or forgets one that is no more. */
export async function keepPage(
  path: string,
  answer: Response,
  build: Build,
  isPersonal: boolean,
  isStill: () => boolean,
): Promise<void> {
  const cache = isPersonal ? PERSONAL : PAGES
  if (answer.status === 404 || answer.status === 410) {
    await (await caches.open(cache)).delete(path)
    return
  }
  // A page that is there has what it needs.
  await keepFilesOf(await answer.clone().text(), build)
  if (!isStill()) return
  await keep(cache, path, answer, build)
  if (!isPersonal) await trim(PAGES, MOST_PAGES)
}

/** The files that a page names, those of its language, its look and its first picture. */
async function keepFilesOf(html: string, build: Build): Promise<void> {
  const language = /<html lang="([a-z]+)"/.exec(html)?.[1] ?? ''
  const named = [...html.matchAll(/(?:href|src)="(\/assets\/[\w.-]+)"/g)].map(
    ([, path = '']) => path,
  )
  const looks = [...html.matchAll(/href="(\/theme\.css\?v=\w+)"/g)].map(([, path = '']) => path)
  const pictures = /\/media\/[\w-]+\/640\.webp/.exec(html) ?? []
  await Promise.all([
    add(FILES + build.version, [...named, ...(build.languages[language] ?? [])]),
    add(SHELL, looks),
    add(PICTURES, pictures),
  ])
}

/** Adds what is not there yet; what cannot be had now is missing, and nothing else is. */
export async function add(cache: string, paths: readonly string[]): Promise<void> {
  const opened = await caches.open(cache)
  await Promise.allSettled(
    [...new Set(paths)].map(async (path) => {
      if ((await caches.match(path)) === undefined) await opened.add(path)
    }),
  )
}

export async function keepPicture(request: Request, answer: Response): Promise<void> {
  if (answer.status !== 200) return
  const opened = await caches.open(PICTURES)
  await opened.put(request.url, answer)
  await trim(PICTURES, MOST_PICTURES)
}

async function trim(cache: string, most: number): Promise<void> {
  const opened = await caches.open(cache)
  const keys = await opened.keys()
  await Promise.all(surplus(keys, most).map((key) => opened.delete(key)))
}

/**
 * What a build that is over leaves: files of the one before stay, because saved pages and open tabs are
 * made of them; what is older goes, pages and all.
 */
export async function clearOld({ version }: Build): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(FILES))
  // In the order in which they were made; this build's is the last.
  const stay = names.filter((name) => name !== FILES + version).slice(-1)
  const known = [version, ...stay.map((name) => name.slice(FILES.length))]
  const gone = names.filter((name) => name !== FILES + version && !stay.includes(name))
  await Promise.all(gone.map((name) => caches.delete(name)))
  for (const cache of [PAGES, PERSONAL]) {
    const opened = await caches.open(cache)
    for (const key of await opened.keys()) {
      const page = await opened.match(key)
      if (!known.includes(page?.headers.get(SAVED_BY) ?? '')) await opened.delete(key)
    }
  }
}

/** Any width of a picture is better than none. */
export async function pictureLike(url: URL): Promise<Response | undefined> {
  const opened = await caches.open(PICTURES)
  const folder = url.pathname.replace(/[^/]+$/, '')
  const keys = await opened.keys()
  const like = keys.find((key) => new URL(key.url).pathname.startsWith(folder))
  return like === undefined ? undefined : opened.match(like)
}

/** Titles and paths of the saved pages of a language, the newest first. */
export async function savedPages(
  prefix: string,
  prefixOf: (path: string) => string,
): Promise<readonly { readonly path: string; readonly title: string }[]> {
  const found: { path: string; title: string }[] = []
  for (const cache of [PERSONAL, PAGES]) {
    const opened = await caches.open(cache)
    for (const key of (await opened.keys()).toReversed()) {
      const { pathname, search } = new URL(key.url)
      const page = await opened.match(key)
      if (page === undefined || pathname.endsWith('.data') || prefixOf(pathname) !== prefix)
        continue
      const title = /<title>([^<]*)<\/title>/.exec(await page.text())?.[1] ?? pathname
      found.push({ path: pathname + search, title })
    }
  }
  return found
}
