/** Thrown when too many are waiting, or one has waited too long. */
export class NoSlotError extends Error {
  override name = 'NoSlotError'
}

/** Limits concurrency: later callers wait for a while, and are rejected if too many wait already. */
export class Slots {
  #taken = 0
  readonly #waiting = new Set<() => void>()

  /** @param places how many at a time @param mostWaiting how many may wait */
  constructor(
    private readonly places: number,
    private readonly mostWaiting: number,
  ) {}

  /**
   * Takes a slot.
   *
   * @param signal ends the wait
   * @returns releases it; repeated calls do nothing
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

  /** Gives the slot to the longest waiting caller, or frees it. */
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
