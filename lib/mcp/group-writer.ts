/**
 * Writes items in groups: items added during a write go into the next one, so that many small writes
 * take few statements and none waits longer than necessary.
 */
export class GroupWriter<Item> {
  #waiting: Item[] = []
  #next: Promise<void> | null = null
  #running: Promise<void> = Promise.resolve()

  /** @param write writes one group; at most one runs at a time */
  constructor(private readonly write: (items: readonly Item[]) => Promise<void>) {}

  /** Adds an item. @returns resolves when its group is written, rejects when that failed */
  add(item: Item): Promise<void> {
    this.#waiting.push(item)
    this.#next ??= this.#follow()
    return this.#next
  }

  /** Resolves when everything added so far was written or failed. */
  async settled(): Promise<void> {
    await (this.#next ?? this.#running).catch(() => undefined)
  }

  #follow(): Promise<void> {
    const turn = this.#running.then(() => {
      const items = this.#waiting
      this.#waiting = []
      this.#next = null
      return this.write(items)
    })
    this.#running = turn.catch(() => undefined)
    return turn
  }
}
