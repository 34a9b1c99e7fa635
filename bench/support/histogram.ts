/**
 * Counts durations in buckets that grow with them, as HdrHistogram does: exact below 256 µs, within
 * 0.8 % above, up to 35 minutes. A million values take 26 kB.
 */
export class Histogram {
  static readonly #bits = 7
  static readonly #size = (32 - Histogram.#bits) << Histogram.#bits

  readonly #counts = new Float64Array(Histogram.#size)
  #count = 0
  #sum = 0
  #max = 0

  get count(): number {
    return this.#count
  }

  record(milliseconds: number): void {
    const micros = Math.min(Math.max(Math.round(milliseconds * 1_000), 0), 0x7fff_ffff)
    const at = bucketOf(micros)
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#count += 1
    this.#sum += micros
    if (micros > this.#max) this.#max = micros
  }

  /** The smallest duration in ms that `share` (0.95) of the values do not exceed; 0 of none. */
  percentile(share: number): number {
    const wanted = Math.ceil(share * this.#count)
    let seen = 0
    for (let at = 0; at < Histogram.#size && seen < wanted; at += 1) {
      seen += this.#counts[at] ?? 0
      if (seen >= wanted) return Math.min(topOf(at), this.#max) / 1_000
    }
    return 0
  }

  summary(): LatencySummary {
    return {
      meanMs: this.#count === 0 ? 0 : this.#sum / this.#count / 1_000,
      p50Ms: this.percentile(0.5),
      p95Ms: this.percentile(0.95),
      p99Ms: this.percentile(0.99),
      maxMs: this.#max / 1_000,
    }
  }

  add(other: Histogram): void {
    other.#counts.forEach((count, at) => {
      this.#counts[at] = (this.#counts[at] ?? 0) + count
    })
    this.#count += other.#count
    this.#sum += other.#sum
    this.#max = Math.max(this.#max, other.#max)
  }

  /** Only the buckets that have something, for sending between processes. */
  toJSON(): HistogramJson {
    const buckets: [number, number][] = []
    this.#counts.forEach((count, at) => {
      if (count > 0) buckets.push([at, count])
    })
    return { buckets, sum: this.#sum, max: this.#max }
  }

  static fromJSON(json: HistogramJson): Histogram {
    const histogram = new Histogram()
    for (const [at, count] of json.buckets) {
      histogram.#counts[at] = count
      histogram.#count += count
    }
    histogram.#sum = json.sum
    histogram.#max = json.max
    return histogram
  }
}

export interface HistogramJson {
  readonly buckets: readonly (readonly [number, number])[]
  readonly sum: number
  readonly max: number
}

export interface LatencySummary {
  readonly meanMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const LINEAR = 256

function bucketOf(micros: number): number {
  if (micros < LINEAR) return micros
  const shift = 24 - Math.clz32(micros)
  return (shift << 7) + (micros >>> shift)
}

/** The largest duration that falls into a bucket. */
function topOf(at: number): number {
  if (at < LINEAR) return at
  const shift = (at >>> 7) - 1
  return (at - (shift << 7) + 1) * 2 ** shift - 1
}
