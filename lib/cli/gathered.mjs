/** The initial size in bytes; it doubles from there. */
const first = 4096

/**
 * Collects chunks of bytes in one buffer that doubles. Keeping the chunks would cost about a hundred
 * bytes each, and an attacker could fill the memory with chunks of one byte.
 */
export class Gathered {
  #bytes = Buffer.alloc(0)
  #size = 0

  /** @param {Uint8Array} piece */
  add(piece) {
    const size = this.#size + piece.byteLength
    if (size > this.#bytes.byteLength) {
      const larger = Buffer.allocUnsafeSlow(Math.max(first, this.#bytes.byteLength * 2, size))
      this.#bytes.copy(larger, 0, 0, this.#size)
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.#size)
    this.#size = size
  }

  /** The number of bytes that have arrived. */
  get size() {
    return this.#size
  }

  /** The size of the buffer in bytes. */
  get held() {
    return this.#bytes.byteLength
  }

  /** Everything that has arrived, not copied. */
  whole() {
    return this.#bytes.subarray(0, this.#size)
  }
}
