/** A list of unsigned 32-bit numbers that grows; four bytes a number instead of a boxed array's eight or more. */
export class Growing {
  #numbers: Uint32Array
  #length = 0

  constructor(capacity = 4) {
    this.#numbers = new Uint32Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  get bytes(): number {
    return this.#numbers.byteLength
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const more = new Uint32Array(Math.ceil(this.#length * 1.6) + 4)
      more.set(this.#numbers)
      this.#numbers = more
    }
    this.#numbers[this.#length] = value
    this.#length += 1
  }

  /** The storage itself, longer than `length`; valid until the next `push`. */
  get numbers(): Uint32Array {
    return this.#numbers
  }
}

/** The array itself when it is long enough, else a longer copy. */
export function widened<
  T extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array,
>(array: T, length: number): T {
  if (array.length >= length) return array
  const more = new (array.constructor as new (length: number) => T)(Math.ceil(length * 1.5) + 64)
  more.set(array as never)
  return more
}
