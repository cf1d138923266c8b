/**
 * Writes items together: those that come while one write runs go with the next, so that many small
 * writes cost as few statements as the database allows, and none waits longer than it must.
 */
export class GroupWriter<Item> {
  #waiting: Item[] = []
  #next: Promise<void> | null = null
  #running: Promise<void> = Promise.resolve()

  /** @param write writes one group; at most one runs at a time */
  constructor(private readonly write: (items: readonly Item[]) => Promise<void>) {}

  /** Adds an item. @returns resolves when it is written, and rejects when its group was not */
  add(item: Item): Promise<void> {
    this.#waiting.push(item)
    this.#next ??= this.#follow()
    return this.#next
  }

  /** Resolves when everything added so far was written or refused. */
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
