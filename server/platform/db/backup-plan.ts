/** What a restore needs, found out before anything is written; refusals are sentences. */
import { CannotStart } from '../cannot-start.ts'
import {
  backupPlaces,
  type KeptSegment,
  listBases,
  listHistories,
  listSegments,
  type Manifest,
  type Reach,
  readJson,
} from './backup-folder.ts'
import {
  bytesOf,
  nameOf,
  type Passed,
  passedBy,
  placeOf,
  SEGMENT_BYTES,
  segmentAt,
  startOf,
} from './backup-names.ts'
import { MAJOR } from './postgres-cluster.ts'

export interface Wanted {
  readonly folder: string
  /** Everything that was committed until then, and nothing after; all there is when `latest`. */
  readonly to: Date | 'latest'
  /** Another life of the cluster than the newest: one that an earlier restore left behind. */
  readonly timeline?: number | undefined
}

export interface Plan {
  readonly folder: string
  readonly to: Date | 'latest'
  readonly base: Manifest
  readonly timeline: number
  /** In order, without a gap from the beginning of the base backup on. */
  readonly segments: readonly KeptSegment[]
  readonly histories: ReadonlyMap<string, string>
  /** What the restored files take up. */
  readonly bytes: number
}

/** Throws `CannotStart` when the moment cannot be restored, and says which can. */
export async function planRestore({ folder, to, timeline: wanted }: Wanted): Promise<Plan> {
  const [reach, bases, segments, histories] = await Promise.all([
    readJson<Reach>(backupPlaces(folder).reach),
    listBases(folder),
    listSegments(folder),
    listHistories(folder),
  ])
  if (reach === undefined || bases.length === 0) {
    throw new CannotStart(`There is no finished backup in ${folder}; \`npm run backup\` makes one.`)
  }
  const timeline = wanted ?? reach.timeline
  const lives = livesUntil(timeline, histories)
  const base = baseFor(bases, lives, to)
  if (base.postgres !== MAJOR) {
    throw new CannotStart(
      `The backup is of PostgreSQL ${base.postgres} and this program brings ${MAJOR}; restore it with the release of Torg that made it.`,
    )
  }
  const needed = journalFrom(base, lives, segments)
  mustReach(to === 'latest' && timeline === reach.timeline ? new Date(reach.until) : to, {
    ...needed,
    // A quiet shop writes nothing, and the archive is complete all the same.
    until: isEndOf(reach, needed.run) ? reach.until : (needed.run.at(-1)?.until ?? ''),
  })
  mustHold(base, needed.run)
  const bytes =
    base.files.reduce((sum, file) => sum + file.bytes, 0) + needed.run.length * SEGMENT_BYTES
  return { folder, to, base, timeline, segments: needed.run, histories, bytes }
}

function livesUntil(timeline: number, histories: ReadonlyMap<string, string>): readonly Passed[] {
  const name = `${nameOf(timeline, 0).slice(0, 8)}.history`
  if (timeline > 1 && !histories.has(name)) {
    throw new CannotStart(`${name} is missing from the backup, so timeline ${timeline} is unknown.`)
  }
  return passedBy(timeline, histories.get(name))
}

function baseFor(
  bases: readonly Manifest[],
  lives: readonly Passed[],
  to: Date | 'latest',
): Manifest {
  const usable = bases.filter(({ timeline, stopLsn }) => {
    const life = lives.find((each) => each.timeline === timeline)
    return life !== undefined && (life.leftAt === undefined || bytesOf(stopLsn) <= life.leftAt)
  })
  const found = usable.findLast(
    ({ endedAt }) => to === 'latest' || Date.parse(endedAt) <= to.getTime(),
  )
  if (found !== undefined) return found
  const [oldest] = usable
  throw new CannotStart(
    oldest === undefined
      ? 'No base backup leads to that timeline.'
      : `That moment lies before the oldest base backup; the earliest that can be restored is ${oldest.endedAt}.`,
  )
}

interface Journal {
  readonly run: readonly KeptSegment[]
  /** The first file that is not there although later ones are, or should be. */
  readonly missing: string
}

/** The segments from the beginning of a base backup on, through every life, up to the first gap. */
function journalFrom(
  base: Manifest,
  lives: readonly Passed[],
  segments: readonly KeptSegment[],
): Journal {
  const byName = new Map(segments.map((each) => [each.name, each]))
  const run: KeptSegment[] = []
  let from = segmentAt(bytesOf(base.startLsn))
  for (const { timeline, leftAt } of lives.slice(
    lives.findIndex((each) => each.timeline === base.timeline),
  )) {
    const last = leftAt === undefined ? newestOf(timeline, segments) : segmentAt(leftAt)
    for (let number = from; number <= last; number += 1) {
      const segment = byName.get(nameOf(timeline, number))
      // The life that follows has a copy of the segment in which this one was left.
      if (segment === undefined && leftAt !== undefined && number === last) continue
      if (segment === undefined) return { run, missing: nameOf(timeline, number) }
      run.push(segment)
      const isCutShort = segment.bytes < SEGMENT_BYTES && number < last
      if (isCutShort) return { run, missing: `the rest of ${segment.name}` }
    }
    from = last
  }
  return { run, missing: nameOf(lives.at(-1)?.timeline ?? 1, from + 1) }
}

function newestOf(timeline: number, segments: readonly KeptSegment[]): number {
  const found = segments.findLast(({ name }) => placeOf(name).timeline === timeline)
  return found === undefined ? -1 : placeOf(found.name).segment
}

function isEndOf(reach: Reach, run: readonly KeptSegment[]): boolean {
  const last = run.at(-1)
  return last !== undefined && endOf(last) >= bytesOf(reach.lsn)
}

function mustReach(
  to: Date | 'latest',
  { run, missing, until }: Journal & { readonly until: string },
): void {
  if (run.length > 0 && (to === 'latest' || to.getTime() <= Date.parse(until))) return
  throw new CannotStart(
    run.length === 0
      ? `${missing}, which the base backup begins with, is missing from the journal; nothing can be restored from it.`
      : `The journal does not reach that moment: ${missing} is missing. The latest that can be restored is --to ${until}.`,
  )
}

/** Files that were copied while they were written fit together only with the journal of that time. */
function mustHold(base: Manifest, run: readonly KeptSegment[]): void {
  const last = run.at(-1)
  if (last !== undefined && endOf(last) >= bytesOf(base.stopLsn)) return
  throw new CannotStart(
    `The journal ends before the base backup ${base.id} did, so its files do not fit together; choose a later moment or another backup.`,
  )
}

function endOf({ name, bytes }: KeptSegment): bigint {
  return startOf(placeOf(name).segment) + BigInt(bytes)
}
