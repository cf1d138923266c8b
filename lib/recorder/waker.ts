/** Wakes a waiting reader of a feed: when something happens, when it is to end, or after a timeout. */
export class Waker {
  #isDue = false
  #wake = () => {}

  /** Ends the current wait, or else the next one. */
  readonly wake = (): void => {
    this.#isDue = true
    this.#wake()
  }

  /** Waits until woken, at most this many milliseconds. */
  async wait(ms: number): Promise<void> {
    if (!this.#isDue) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = () => {}
    this.#isDue = false
  }
}
