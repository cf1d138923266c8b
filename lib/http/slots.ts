/** Thrown where too many wait already, or one has waited too long. */
export class NoSlotError extends Error {
  override name = 'NoSlotError'
}

/** So many at a time and no more; who comes later waits for a while, and too many are turned away. */
export class Slots {
  #taken = 0
  readonly #waiting = new Set<() => void>()

  /** @param places how many at a time @param mostWaiting how many may wait for one */
  constructor(
    private readonly places: number,
    private readonly mostWaiting: number,
  ) {}

  /**
   * Takes a place.
   *
   * @param signal ends the wait
   * @returns gives it back; further calls do nothing
   * @throws {NoSlotError}
   */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#taken < this.places) this.#taken += 1
    else await this.#wait(signal)
    let isHeld = true
    return () => {
      if (isHeld) this.#free()
      isHeld = false
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.mostWaiting || signal.aborted) throw new NoSlotError()
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const stop = () => {
        this.#waiting.delete(go)
        reject(new NoSlotError())
      }
      signal.addEventListener('abort', stop, { once: true })
      this.#waiting.add(go)
    })
  }

  /** The place goes to who has waited the longest, or is free. */
  #free(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#taken -= 1
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
