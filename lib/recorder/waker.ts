/** Wakes a reader of a feed that waits: when something happened, when it is to end, or after a while. */
export class Waker {
  #isDue = false
  #wake = () => {}

  /** Ends the wait; the next one, where the reader is not waiting. */
  readonly wake = (): void => {
    this.#isDue = true
    this.#wake()
  }

  /** Waits until it is woken, and no longer than so many milliseconds. */
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
