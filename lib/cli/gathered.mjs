/** So much is taken at first; it doubles from there. */
const first = 4096

/**
 * Bytes that arrive in pieces, in one buffer that doubles. To keep the pieces would cost some hundred
 * bytes for each of them, and whoever wants to fill a memory sends one byte in each.
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

  /** How many bytes have arrived. */
  get size() {
    return this.#size
  }

  /** How many bytes are held for them. */
  get held() {
    return this.#bytes.byteLength
  }

  /** All that has arrived, not copied. */
  whole() {
    return this.#bytes.subarray(0, this.#size)
  }
}
