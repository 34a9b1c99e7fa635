/**
 * Chance that can be played again: sfc32 (Chris Doty-Humphrey, PractRand), started from a seed and a
 * name. Everybody who draws has a stream of their own, so that taking one away leaves the others'
 * draws as they were; that is what lets a failing seed shrink.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(seed: number, name: string) {
    let hash = 0x811c9dc5
    for (let at = 0; at < name.length; at += 1) {
      hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
    }
    this.#a = seed | 0
    this.#b = hash | 0
    this.#c = Math.imul(seed ^ hash, 0x9e3779b1) | 0
    for (let round = 0; round < 12; round += 1) this.bits()
  }

  /** 32 bits. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }

  /** From 0 up to but not including 1. */
  next(): number {
    return this.bits() / 4294967296
  }

  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  isLucky(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }
}
