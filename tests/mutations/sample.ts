/** Numbers from 0 to 1 that follow from a seed (Mulberry32). */
function randomBy(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many of a list, the same for the same seed. */
export function sampleOf<Item>(all: readonly Item[], size: number, seed: number): Item[] {
  const random = randomBy(seed)
  return all
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .slice(0, size)
    .map(({ item }) => item)
}
