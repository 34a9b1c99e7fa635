import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'

import { errorCode } from '../cannot-start.ts'
import type { Instant } from '../clock.ts'
import type { Ids } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import type { Blob, BlobFacts, Blobs, ByteRange, ListedBlob } from './blobs.ts'
import { bounded, keyOf, mustBePage, prefixOf } from './names.ts'

/** Where a tenant's unfinished files are: no name of a blob begins with a dot. */
const UNFINISHED = '.unfinished'

const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const AWAY: ReadonlySet<string | undefined> = new Set(['EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE'])
const MISSING: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

/**
 * Blobs in a folder of this machine. A file is written under a name of its own, brought to the disk
 * and only then renamed, so a kill or a full disk leaves the old bytes or none.
 */
export function folderBlobs(folder: string, ids: Ids): Blobs {
  const pathOf = (...key: Parameters<typeof keyOf>): string => join(folder, keyOf(...key))

  return {
    async put(tenant, name, bytes, limitBytes) {
      const path = pathOf(tenant, name)
      const unfinished = join(folder, String(tenant), UNFINISHED, ids.next())
      try {
        await makeFolders(dirname(unfinished))
        await makeFolders(dirname(path))
        const facts = await writeWhole(unfinished, bytes, limitBytes)
        await rename(unfinished, path)
        await keepFolder(dirname(path))
        return facts
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined)
        throw explain(error)
      }
    },

    async get(tenant, name, range) {
      return readFile(pathOf(tenant, name), range)
    },

    async head(tenant, name) {
      return factsOf(pathOf(tenant, name))
    },

    async delete(tenant, name) {
      await rm(pathOf(tenant, name), { force: true }).catch((error: unknown) => {
        throw explain(error)
      })
    },

    async list(tenant, prefix, { after = '', limit }) {
      mustBePage(limit)
      const beginning = prefixOf(tenant, prefix)
      const root = join(folder, String(tenant))
      const wanted = beginning.slice(`${tenant}/`.length)
      const names: string[] = []
      let isMore = false
      for await (const name of namesIn(root, '', wanted, after)) {
        isMore = names.length === limit
        if (isMore) break
        names.push(name)
      }
      const found = await Promise.all(names.map((name) => listed(root, name)))
      const items = found.filter((each) => each !== undefined)
      const next = names.at(-1)
      return isMore && next !== undefined ? { items, next } : { items }
    },

    forgetUnfinished: (tenant, before) =>
      forgetFiles(join(folder, String(tenant), UNFINISHED), before),
  }
}

async function readFile(path: string, range?: ByteRange): Promise<Blob | undefined> {
  try {
    const file = await open(path, 'r')
    const { size } = await file.stat().catch(async (error: unknown) => {
      await file.close()
      throw error
    })
    const { start = 0, end = size - 1 } = range ?? {}
    if (start >= size || end < start) {
      await file.close()
      return { bytes: size, body: Readable.from([]) }
    }
    return { bytes: size, body: file.createReadStream({ start, end: Math.min(end, size - 1) }) }
  } catch (error) {
    if (MISSING.has(errorCode(error))) return undefined
    throw explain(error)
  }
}

async function forgetFiles(folder: string, before: Instant): Promise<number> {
  let forgotten = 0
  for (const { name } of await entriesOf(folder)) {
    const path = join(folder, name)
    const facts = await factsOf(path)
    if (facts === undefined || facts.modifiedAt >= before) continue
    await rm(path, { force: true })
    forgotten += 1
  }
  return forgotten
}

async function writeWhole(
  path: string,
  bytes: Parameters<typeof bounded>[0],
  limitBytes: number,
): Promise<BlobFacts> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of bounded(bytes, limitBytes)) await file.writeFile(chunk)
    await file.sync()
    const { size, mtimeMs } = await file.stat()
    return { bytes: size, modifiedAt: Math.trunc(mtimeMs) }
  } finally {
    await file.close()
  }
}

/** A rename is on the disk when its folder is. Systems that cannot do that say so, and do it anyway. */
async function keepFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** One by one: Node's `recursive` calls a read-only disk ENOENT (see `data-dir.ts`). */
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder, 0o700)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolders(dirname(folder))
    await makeFolders(folder)
  }
}

async function factsOf(path: string): Promise<BlobFacts | undefined> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return undefined
    return { bytes: found.size, modifiedAt: Math.trunc(found.mtimeMs) }
  } catch (error) {
    if (MISSING.has(errorCode(error))) return undefined
    throw explain(error)
  }
}

async function listed(root: string, name: string): Promise<ListedBlob | undefined> {
  const facts = await factsOf(join(root, name))
  return facts === undefined ? undefined : { name, ...facts }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (MISSING.has(errorCode(error))) return []
    throw explain(error)
  }
}

/** Names below a folder in the order of their bytes; folders that cannot hold a wanted one stay closed. */
async function* namesIn(
  root: string,
  inside: string,
  prefix: string,
  after: string,
): AsyncGenerator<string, void> {
  const entries = await entriesOf(join(root, inside))
  // A folder sorts as its names do: with the slash that follows it.
  const sorted = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ entry, name: `${inside}${entry.name}${entry.isDirectory() ? '/' : ''}` }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  for (const { entry, name } of sorted) {
    if (!entry.isDirectory()) {
      if (name.startsWith(prefix) && name > after) yield name
      continue
    }
    const mayHold = name.startsWith(prefix) || prefix.startsWith(name)
    // Whatever is in it begins with its name: all before `after`, unless that is in it too.
    if (mayHold && (name > after || after.startsWith(name))) {
      yield* namesIn(root, name, prefix, after)
    }
  }
}

/** What the file system says, as others have to hear it; other errors pass unchanged. */
function explain(error: unknown): unknown {
  const code = errorCode(error)
  if (FULL.has(code)) return new Unavailable('the disk is full', 60, { cause: error })
  if (AWAY.has(code)) return new Unavailable('the folder cannot be used', 10, { cause: error })
  return error
}
