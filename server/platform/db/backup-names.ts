/** Places in PostgreSQL's journal (LSN) and the names of the files that hold them. */

/** initdb's default, which is ours. */
export const SEGMENT_BYTES = 16 * 1024 * 1024

const SEGMENTS_IN_ONE = 0x1_0000_0000 / SEGMENT_BYTES

/** `0/16B3748` as a number of bytes. */
export function bytesOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

export function lsnOf(bytes: bigint): string {
  return `${(bytes >> 32n).toString(16).toUpperCase()}/${(bytes & 0xffff_ffffn).toString(16).toUpperCase()}`
}

/** The number of the segment that a byte is in. */
export function segmentAt(bytes: bigint): number {
  return Number(bytes / BigInt(SEGMENT_BYTES))
}

export function startOf(segment: number): bigint {
  return BigInt(segment) * BigInt(SEGMENT_BYTES)
}

/** `000000010000000000000002`: timeline, and the number of the segment. */
export function nameOf(timeline: number, segment: number): string {
  return [timeline, Math.floor(segment / SEGMENTS_IN_ONE), segment % SEGMENTS_IN_ONE]
    .map((part) => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('')
}

export function placeOf(name: string): { readonly timeline: number; readonly segment: number } {
  const part = (from: number): number => Number.parseInt(name.slice(from, from + 8), 16)
  return { timeline: part(0), segment: part(8) * SEGMENTS_IN_ONE + part(16) }
}

/** A timeline that a history passes through, and where it was left; nothing for the last one. */
export interface Passed {
  readonly timeline: number
  readonly leftAt: bigint | undefined
}

/** The timelines from the first to this one, as its history file tells them. */
export function passedBy(timeline: number, history: string | undefined): readonly Passed[] {
  const before = (history ?? '').split('\n').flatMap((line) => {
    const [, id, lsn] = /^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/.exec(line) ?? []
    return id === undefined || lsn === undefined
      ? []
      : [{ timeline: Number(id), leftAt: bytesOf(lsn) }]
  })
  return [...before, { timeline, leftAt: undefined }]
}
