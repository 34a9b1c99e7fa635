/** So many new words are put in one by one; of more, all are sorted together. */
const ONE_BY_ONE = 64

/** Words in the order of their code units, for whoever asks how they begin. New ones wait until then. */
export class SortedWords {
  #words: string[] = []
  #added: string[] = []

  /** A word that is not among them yet. */
  add(word: string): void {
    this.#added.push(word)
    // Sorting what is sorted already costs little, so a large shop is never sorted all at once.
    if (this.#added.length > 2_000 + this.#words.length / 2) this.#settle()
  }

  /** At most so many words that begin so, in order. */
  beginningWith(prefix: string, most: number): readonly string[] {
    this.#settle()
    const words = this.#words
    const first = this.#placeOf(prefix)
    let end = first
    while (end < words.length && end - first < most && words[end]?.startsWith(prefix) === true) {
      end += 1
    }
    return words.slice(first, end)
  }

  #settle(): void {
    const added = this.#added
    if (added.length === 0) return
    this.#added = []
    if (added.length <= ONE_BY_ONE) {
      for (const word of added) this.#words.splice(this.#placeOf(word), 0, word)
      return
    }
    added.sort()
    // Two runs, each in order: V8's sort merges them in one pass.
    this.#words = this.#words.concat(added).sort()
  }

  /** Where the first word is that does not come before this one. */
  #placeOf(word: string): number {
    let [low, high] = [0, this.#words.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#words[middle] as string) < word) low = middle + 1
      else high = middle
    }
    return low
  }
}
